/** English text of taking the model along. Keys start with `export.`. Loaded with its room. */
export const modelExportMessages = {
  'export.title': 'Export the model',
  'export.intro':
    'Take the trained model with you. Before a file is offered, Headstart opens it as a stranger would and compares its answers with the screen’s.',
  'export.which': '{name}, head of epoch {epoch, number}, {classes, plural, other {# classes}}',
  'export.which-opened': '{name}, opened from a file, {classes, plural, other {# classes}}',
  'export.obstacle.no-run': 'There is no model yet. Train one, or open one below.',
  'export.obstacle.training': 'Training is under way. Export when it is done.',
  'export.obstacle.busy': 'Photos are coming in. Export when they are here.',
  'export.obstacle.no-epoch': 'Training was stopped before the first epoch. Train again first.',
  'export.obstacle.backbone-loading': 'The backbone is loading. It takes a moment.',
  'export.obstacle.other-backbone':
    'This model was trained on another backbone. Choose that backbone again, or train anew.',
  'export.empty-classes':
    'Without photos, and so not part of the model: {names}. Add photos and train again if they should be.',
  'export.stale':
    'Photos or settings changed since this model was trained. The export holds the model as it was.',
  'export.kinds': 'Formats',
  'export.kind.tfjs': 'TensorFlow.js',
  'export.kind.teachable-machine': 'Teachable Machine',
  'export.kind.web-page': 'Web page',
  'export.kind.onnx': 'ONNX',
  'export.kind.head': 'Headstart head',
  'export.kind.python': 'Python (Keras)',
  'export.for.tfjs': 'For your own web pages and Node programs.',
  'export.for.teachable-machine':
    'For ml5, p5, Scratch extensions and everything else that opens Teachable Machine models.',
  'export.for.web-page': 'One file that opens with a double click and needs no network.',
  'export.for.onnx': 'For Python, C#, Java and phones, through ONNX Runtime.',
  'export.for.head': 'For another Headstart: try it there, or go on training.',
  'export.for.python': 'Your photos and a Keras script, to train again on a bigger machine.',
  'export.holds.tfjs': 'Model, loader, example page, self-test, golden pictures, model card.',
  'export.holds.teachable-machine':
    'model.json, weights.bin, metadata.json, example page, self-test, golden pictures, model card.',
  'export.holds.web-page': 'One HTML page with the model inside; golden pictures, model card.',
  'export.holds.onnx': 'model.onnx (opset 13), Python example, self-test, golden pictures.',
  'export.holds.head': 'The head’s numbers, settings, class names, golden pictures. No backbone.',
  'export.holds.python': 'Photos in folders, train.py, settings, model card. It holds your photos.',
  'export.note.not-crop':
    'You fit photos by “{fit}”. Teachable Machine’s tools always cut out the middle square.',
  'export.note.other-backbone':
    'Your backbone is not the one of Teachable Machine. Its tools open the file all the same.',
  'export.fit.crop': 'Crop',
  'export.fit.pad': 'Pad',
  'export.fit.stretch': 'Stretch',
  'export.prepare': 'Prepare {kind}',
  'export.cancel': 'Cancel the export',
  'export.step.asking': 'Asking the model about the test pictures',
  'export.step.writing': 'Writing',
  'export.step.packing': 'Packing',
  'export.step.checking': 'Opening the file and comparing',
  'export.proof': 'Comparison of {kind}',
  'export.proof.equal':
    'Same answers: on {pictures, plural, other {# pictures}}{own, plural, =0 {} other { (# of them yours)}} {exact, select, yes {every probability is the same to the last bit} other {no probability differs by more than {difference}}}.',
  'export.proof.different':
    'Not the same: a probability differs by up to {difference}, more than the allowed {tolerance}. Better use another format.',
  'export.proof.equal-onnx-own':
    'Same answers as far as can be seen without a network: ONNX Runtime could not be loaded, so Headstart read the file itself; on {pictures, plural, other {# pictures}}{own, plural, =0 {} other { (# of them yours)}} {exact, select, yes {every probability is the same to the last bit} other {no probability differs by more than {difference}}}.',
  'export.proof.different-onnx-own':
    'Not the same: ONNX Runtime could not be loaded, and read by Headstart itself a probability differs by up to {difference}, more than the allowed {tolerance}. Better use another format.',
  'export.proof.not-here-python':
    'Nothing to compare: it trains a new model. The script was checked to compile, not run.',
  'export.proof.reader.tfjs': 'Read by TensorFlow.js’ own loader, from the finished file.',
  'export.proof.reader.page': 'Read back from the page and run by the page’s own code.',
  'export.proof.reader.onnx-runtime': 'Read and run by ONNX Runtime, from the finished file.',
  'export.proof.reader.onnx-own':
    'Prepare it again with a network for ONNX Runtime’s word, or run its self-test (selftest.py).',
  'export.proof.reader.head': 'Read back from the file.',
  'export.ready': '{size}, {files, plural, other {# files}}, ready in {time}',
  'export.download': 'Download {kind}',
  'export.download-different': 'Download {kind} all the same',
  'export.saved': '{name} was saved.',
  'export.status': 'Result of the model export',
  'export.failed.not-written':
    'It could not be written. Check that there is room on the disk and try again.',
  'export.failed.unsupported-layer':
    'This backbone has a layer that the format cannot hold: {name}. The Headstart head and Python exports still work.',
  'export.failed.other': 'The export did not work ({code}). Nothing was written.',

  'export.open-title': 'Open a model',
  'export.open-text':
    'A Teachable Machine export or a Headstart head: a zip, or its files chosen together.',
  'export.open-choose': 'Choose model files',
  'export.open-reading': 'Looking into it…',
  'export.open-opening': 'Opening…',
  'export.open-found':
    '{name}: {kind}, {classes, plural, one {# class} other {# classes}}, {size, number} px, {backbone}',
  'export.open-kind.teachable-machine': 'Teachable Machine model',
  'export.open-kind.head': 'Headstart head',
  'export.open-classes': 'Classes of the model',
  'export.open-more': 'and {n, number} more',
  'export.open-effect':
    'It becomes the model on screen. Classes that your project lacks are added, empty; photos stay as they are.',
  'export.open-unsure': 'It says “I don’t know” when it is less than {share} sure.',
  'export.open-thresholds':
    '{n, plural, one {# class has a threshold of its own.} other {# classes have thresholds of their own.}}',
  'export.open-limits-effect': 'This comes along and replaces what is set here.',
  'export.open-their-range':
    'Teachable Machine divides pixels by 127 instead of 127.5. Headstart does the same for this model, so the answers agree.',
  'export.open-confirm': 'Open this model',
  'export.open-dismiss': 'Leave it',
  'export.opened': '{name} is open. Try it in the Train view; add photos to go on training.',
  'export.open-result': 'Result of opening a model',
  'export.refused-title': 'The model was not opened',
  'export.refused-nothing': 'Nothing in your project has changed.',
  'export.refused.not-json': 'One of its files is damaged: it is not JSON. Export it again.',
  'export.refused.too-large':
    'A file in it is larger than {limit, number} MB. That is no such model.',
  'export.refused.not-a-model':
    'There is no model in it that Headstart knows. It opens Teachable Machine exports (model.json, weights.bin, metadata.json) and Headstart heads.',
  'export.refused.graph-model':
    'This is a TensorFlow.js graph model. Its head cannot be taken out; export it as a layers model.',
  'export.refused.missing-file':
    'The file {name} is missing. Choose all files of the model together, or its zip.',
  'export.refused.missing-weights': 'The weights do not belong to this model. Export it again.',
  'export.refused.weights-length':
    'The weights are cut off or of another model: {got, number} bytes instead of {wanted, number}.',
  'export.refused.unsupported-layer':
    'It has a layer that Headstart does not know: {name}. Image models of Teachable Machine made since 2019 work.',
  'export.refused.unsupported-head':
    'Behind its backbone come other layers than one or two dense ones. Headstart cannot take over such a head.',
  'export.refused.wrong-shape':
    'Its layers do not fit together ({name}). The files may be mixed up.',
  'export.refused.not-finite': 'Its weights hold numbers that are not finite. Train it again.',
  'export.refused.no-labels': 'Its metadata has no class names (labels).',
  'export.refused.label-count':
    'It has {labels, number} class names for {outputs, number} answers. The files may be mixed up.',
  'export.refused.too-many-classes':
    'It has {n, number} classes; Headstart opens models with up to {limit, number}.',
  'export.refused.not-images':
    'It was made for sounds, poses or grey pictures. Headstart works with colour photos.',
  'export.refused.from-the-future':
    'It was written by a newer Headstart. Update Headstart, then open it again.',
  'export.refused.edited':
    'Its parts do not fit together: changed by hand, or damaged. Export it again.',
  'export.refused.backbone-missing':
    'It needs the backbone “{name}”. Get that in the Backbone panel first, then open the model again.',
  'export.refused.backbone-differs':
    'The backbone “{name}” here has other weights than the one it was trained on. Its answers would be wrong.',
  'export.refused.backbone-failed': 'The backbone in it could not be loaded, so it cannot answer.',
  'export.refused.archive': 'The zip cannot be opened ({code}). Copy or download it again.',

  'export.continue-title': 'Go on training',
  'export.continue-text':
    'Starts from the head on screen instead of from nothing. Add photos or a new class first.',
  'export.continue-warning':
    'A head forgets what it is not shown: keep photos of the old classes here too, or their accuracy may fall.',
  'export.continue': 'Go on training from this head',
  'export.continue-result': 'Old classes before and after',
  'export.forgot':
    'Photos of the old classes: {before, number} of {photos, number} right before, {after, number} now.',
  'export.forgot-unseen':
    'No photos of {names} are here, so nothing can be said about what was forgotten there.',

  'export.page.hint': 'Drop or paste a photo anywhere, or choose one. Nothing leaves this device.',
  'export.page.choose': 'Choose a photo',
  'export.page.camera': 'Start camera',
  'export.page.camera-stop': 'Stop camera',
  'export.page.no-camera': 'No camera here.',
  'export.page.unreadable': 'This file cannot be opened as a picture.',
  'export.page.probabilities': 'Probabilities',
  'export.page.checking': 'Checking itself…',
  'export.page.same': 'Answers as in Headstart; largest difference',
  'export.page.different': 'Answers differ from Headstart’s; largest difference',
  'export.page.failed': 'This browser cannot run the model.',
  'export.page.no-script': 'This page needs JavaScript.',
} as const;
