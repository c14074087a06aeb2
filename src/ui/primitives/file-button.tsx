/** A button that opens the browser's file chooser: the keyboard twin of every drop zone. */
import type { LucideIcon } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from './button.tsx';

export interface FileButtonProps {
  readonly children: ReactNode;
  readonly onFiles: (files: readonly File[]) => void;
  /** As of `<input accept>`, e.g. "image/*". */
  readonly accept?: string | undefined;
  readonly multiple?: boolean;
  /** Chooses a whole folder; `webkitRelativePath` of each file then tells where it lay. */
  readonly directory?: boolean;
  readonly icon?: LucideIcon | undefined;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly isDisabled?: boolean;
  readonly fullWidth?: boolean;
}

export function FileButton({
  children,
  onFiles,
  accept,
  multiple = false,
  directory = false,
  ...button
}: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onPress={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple || directory}
        {...(directory ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = Array.from(event.currentTarget.files ?? []);
          // Else choosing the same file again would change nothing and tell nobody.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
