/** What the frame knows of other projects; the list itself is read when its panel opens. */
export interface ProjectsSlice {
  /** Deleted in this tab's session: each can be brought back until its notice is dismissed. */
  readonly deletedProjects: readonly { readonly id: string; readonly name: string }[];
}
