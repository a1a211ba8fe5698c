import Module, { createRequire } from "node:module";

/**
 * What Pulumi's SDK loads to serialise functions into programs, which no program in here does: the TypeScript
 * compiler and npm's dependency resolver. They make up more than half of the time that the SDK takes to load.
 */
const heavy = ["./typescript-shim", "@npmcli/arborist"];

/** Loads the Automation API without the parts of Pulumi's SDK that are heavy and not used; they load on first use. */
export async function loadAutomation(): Promise<typeof import("@pulumi/pulumi/automation")> {
    const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
    for (const name of heavy) {
        defer(name, requireFromPulumi);
    }
    return import("@pulumi/pulumi/automation");
}

function defer(name: string, requireFromPulumi: NodeJS.Require): void {
    let file: string;
    try {
        file = requireFromPulumi.resolve(name);
    } catch {
        // Another version of the SDK without it: nothing to save.
        return;
    }
    if (require.cache[file] !== undefined) {
        return;
    }
    const placeholder = new Module(file);
    placeholder.filename = file;
    placeholder.loaded = true;
    let real: Record<PropertyKey, unknown> | undefined;
    placeholder.exports = new Proxy(
        {},
        {
            get: (_target, key) => {
                // Keeps compiled `import * as` from copying every member, which would load it all.
                if (key === "__esModule") {
                    return true;
                }
                if (real === undefined) {
                    Reflect.deleteProperty(require.cache, file);
                    real = requireFromPulumi(file) as Record<PropertyKey, unknown>;
                }
                return key === "default" ? (real["default"] ?? real) : real[key];
            },
        },
    );
    require.cache[file] = placeholder;
}
