/**
 * The oldest Pulumi CLI that is used as it is found on PATH: the oldest one that this project's tests run with.
 * `PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK`, Pulumi's own switch, lifts the limit.
 */
export const minimumPulumiVersion = "3.246.0";

/** What is built where no release of the CLI can be downloaded; few versions resolve as a Go module of their own. */
export const builtPulumiVersion = "3.246.0";

/** The emulator of AWS behind the local cloud. */
export const motoVersion = "5.2.5";

/** The registry behind the local cloud, where it is built. */
export const builtRegistryVersion = "3.1.2";

/** moto 5 supports no older Python: https://pypi.org/project/moto/ */
export const minimumPythonVersion = "3.9";

/** Compares dotted version numbers; whatever follows a `-` or `+` is ignored. */
export function isAtLeast(version: string, minimum: string): boolean {
    const numbers = (text: string): number[] =>
        (/^\d+(\.\d+)*/.exec(text)?.[0] ?? "0").split(".").map(Number);
    const [got, wanted] = [numbers(version), numbers(minimum)];
    for (let i = 0; i < wanted.length; i++) {
        const difference = (got[i] ?? 0) - (wanted[i] ?? 0);
        if (difference !== 0) {
            return difference > 0;
        }
    }
    return true;
}
