/** A model that cannot be added; the message is a sentence for the person who typed the command. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused';
}
