/** English text of the list of projects, and of tabs, undo and resuming. Keys start with `projects.`. */
export const projectsMessages = {
  'projects.title': 'Projects',
  'projects.description': 'Everything here is kept in this browser, on this device.',
  'projects.new': 'New project',
  'projects.new-name': 'Project {n, number}',
  'projects.list': 'Projects, last used first',
  'projects.loading': 'Reading the projects…',
  'projects.failed': 'The list could not be read. Close this panel and open it again.',
  'projects.name': 'Name of project {name}',
  'projects.name-empty': 'A project needs a name.',
  'projects.counts':
    '{photos, plural, =0 {No photos} one {1 photo} other {{photos, number} photos}} in {classes, plural, one {1 class} other {{classes, number} classes}}{runs, plural, =0 {} one { · 1 run} other { · {runs, number} runs}}',
  'projects.empty': 'Still empty',
  'projects.used': 'Last used {at, date, medium}',
  'projects.is-open': 'Open now',
  'projects.elsewhere': 'Open in another tab',
  'projects.open': 'Open',
  'projects.open-name': 'Open {name}',
  'projects.actions': 'Actions for {name}',
  'projects.duplicate': 'Duplicate',
  'projects.delete': 'Delete',
  'projects.copy-name': '{name} copy',
  'projects.busy':
    'Another project can be opened when photos are in, exports are written and training is done.',
  'projects.unguarded':
    'At this address the browser cannot tell tabs apart. Keep each project open in one tab only.',
  'projects.elsewhere-refused':
    '“{name}” is open in another tab. Close it there first; nothing was changed.',
  'projects.not-saved': 'That could not be saved. Nothing was changed.',

  'projects.deleted': '“{name}” was deleted. Its photos stay here until you dismiss this.',
  'projects.undo-delete': 'Undo',
  'projects.undo-delete-name': 'Bring back {name}',
  'projects.let-go-name': 'Delete {name} for good',

  'projects.only-reads':
    'Nothing was changed: another tab writes this project. Use “Work here instead” first.',
  'projects.reader-other-tab': 'This project is open in another tab, so this one only shows it.',
  'projects.reader-taken-over':
    'Another tab has taken this project over. Everything was saved; this tab now only shows it.',
  'projects.reader-asking': 'The other tab is saving what it has…',
  'projects.reader-no-answer':
    'The other tab does not answer. Close it; this one goes on by itself as soon as it is gone.',
  'projects.take-over': 'Work here instead',

  'projects.unfinished':
    'Training was interrupted after epoch {epoch, number} of {epochs, number}. It can go on from there.',
  'projects.go-on': 'Go on training',
  'projects.forget': 'Forget the interrupted run',
} as const;
