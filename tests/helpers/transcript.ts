import { main } from "../../automation/cli/main";

import { fakeContext, type FakeContext, type FakeContextOptions } from "./fakes";

export interface Played {
    readonly exitCode: number;
    readonly context: FakeContext;
    /** What a person would have seen, with the temporary folder's name taken out. */
    readonly transcript: string;
}

/** Runs one command line in this process, over fakes of engine and AWS. */
export async function play(argv: readonly string[], options: FakeContextOptions): Promise<Played> {
    const context = fakeContext(options);
    const exitCode = await main(argv, context);
    const sections = [
        `$ sles-ecs ${argv.join(" ")}\n`,
        section("stderr", context.io.err()),
        section("stdout", context.io.out()),
        `exit code ${exitCode}\n`,
    ];
    return { exitCode, context, transcript: sections.join("").replaceAll(options.directory, "<project>") };
}

function section(title: string, text: string): string {
    return text === "" ? "" : `--- ${title} ---\n${text}${text.endsWith("\n") ? "" : "\n"}`;
}
