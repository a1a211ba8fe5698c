/**
 * The oldest Pulumi CLI that is used as it is found on PATH: the oldest one that this project's tests run with.
 * `PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK`, Pulumi's own switch, lifts the limit.
 */
export const minimumPulumiVersion = "3.246.0";

/**
 * What is built where nothing but Go modules can be fetched. Of the CLI, few versions resolve as a module of
 * their own; of the Node language host, sdk/v3 up to v3.60.0 holds the last.
 */
export const goModules = {
    cli: { name: "pulumi", path: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", version: "3.246.0" },
    languageHost: {
        name: "pulumi-language-nodejs",
        path: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
        version: "3.60.0",
    },
    /** Language version of the modules that the two are built in. */
    go: "1.26",
} as const;

/** Go fetches a newer toolchain by itself from this version on. */
export const minimumGoVersion = "1.21";

/** The emulator of AWS behind the local cloud. */
export const motoVersion = "5.2.3";

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
