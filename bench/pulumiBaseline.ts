import fs from "node:fs";
import path from "node:path";

const checkout = path.join(__dirname, "..");

/** tsconfig.json as `pulumi new aws-typescript` writes it, and what this program's sources need beyond it. */
const templateSettings = {
    compilerOptions: {
        strict: true,
        outDir: "bin",
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        sourceMap: true,
        experimentalDecorators: true,
        pretty: true,
        noFallthroughCasesInSwitch: true,
        noImplicitReturns: true,
        forceConsistentCasingInFileNames: true,
        lib: ["ES2023"],
        esModuleInterop: true,
        resolveJsonModule: true,
        useDefineForClassFields: false,
        skipLibCheck: true,
    },
    files: ["index.ts"],
};

const projectFile = `name: sles-ecs
runtime:
  name: nodejs
  options:
    packagemanager: npm
`;

/**
 * The same program in a project that is set up as `pulumi new aws-typescript` does: compiled and type-checked by
 * ts-node at every run.
 * @param settingsFile Settings of the environment that both sides bring up.
 */
export function writePulumiBaseline(folder: string, settingsFile: string): void {
    fs.mkdirSync(folder, { recursive: true });
    for (const name of ["index.ts", "components", "package.json"]) {
        fs.cpSync(path.join(checkout, name), path.join(folder, name), { recursive: true });
    }
    // The same packages as ours, at the same versions.
    fs.symlinkSync(path.join(checkout, "node_modules"), path.join(folder, "node_modules"));
    fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(templateSettings, undefined, 4));
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), projectFile);
    fs.copyFileSync(settingsFile, path.join(folder, path.basename(settingsFile)));
}
