/** React's way to the findings: `const findings = useFindings(service, (state) => state.findings)`. */
import { useStore } from 'zustand';
import type { FindingsService, FindingsState } from './services/findings-service.ts';

export function useFindings<Selected>(
  service: FindingsService,
  selector: (state: FindingsState) => Selected,
): Selected {
  return useStore(service.store, selector);
}
