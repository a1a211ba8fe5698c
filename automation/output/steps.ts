/** What can be typed next, a line each, and what it is for. */
export function renderSteps(steps: readonly (readonly [step: string, meaning: string])[]): readonly string[] {
    const width = Math.max(...steps.map(([step]) => step.length));
    return steps.map(([step, meaning]) => `  ${step.padEnd(width)}   ${meaning}`);
}
