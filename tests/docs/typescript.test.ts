import { expect } from "chai";
import path from "node:path";
import ts from "typescript";

import { codeBlocks, componentExamples, root, type CodeBlock } from "./pages";

/** Type errors of pieces of code that import this package by its name; each piece is a module of its own. */
function typeErrors(blocks: readonly CodeBlock[]): readonly string[] {
    const files = new Map(blocks.map((block, index) => [path.join(root, `page-block-${index}.ts`), block]));
    const settings = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => ts.sys.readFile(file));
    const { compilerOptions } = settings.config as { compilerOptions: object };
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
    options.noUnusedLocals = false;
    options.baseUrl = root;
    options.paths = { "sles-ecs": ["components/index.ts"], "sles-ecs/automation": ["automation/index.ts"] };
    const host = ts.createCompilerHost(options);
    host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
    host.readFile = (file) => files.get(file)?.text ?? ts.sys.readFile(file);
    const program = ts.createProgram([...files.keys()], options, host);
    return [...files].flatMap(([file, { place }]) => {
        const source = program.getSourceFile(file);
        return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
            ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
        );
    });
}

describe("TypeScript in the pages, and in the examples of the components", () => {
    it("compiles against this package, and wrong code does not", () => {
        const wrong: CodeBlock = {
            place: "wrong",
            language: "ts",
            text: 'import { SlesEcsCluster } from "sles-ecs";\nnew SlesEcsCluster(1);\n',
        };
        const examples = componentExamples();
        expect(examples).to.not.be.empty;
        const errors = typeErrors([...codeBlocks("ts", "typescript"), ...examples, wrong]);
        expect(errors.filter((error) => !error.startsWith("wrong:"))).to.be.empty;
        expect(errors.filter((error) => error.startsWith("wrong:"))).to.not.be.empty;
    });
});
