import { expect } from "chai";
import fc from "fast-check";

import { AppError } from "../../../automation/errors/appError";
import { readEnvironment } from "../../../automation/settings/environmentSettings";
import { openProject, settingsFileNames } from "../../../automation/settings/project";
import { SettingsFile } from "../../../automation/settings/settingsFile";
import { renderLine } from "../../../components/model/commandLine";
import { makeProject, removeFolders } from "../../helpers/project";

/** The settings of `dev` with these files, or the error that refuses them. */
async function reading(files: Readonly<Record<string, string>>) {
    try {
        const project = await openProject({ directory: makeProject(files) }, undefined);
        return await readEnvironment(project, "dev");
    } catch (error) {
        if (error instanceof AppError) {
            return error;
        }
        throw error;
    }
}

/** What is said of a settings file with these lines under `config:`. */
async function refusal(config: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const result = await reading({ "Pulumi.dev.yaml": `config:\n${config}`, ...files });
    expect(result).to.be.instanceOf(AppError).and.to.include({ exitCode: 2 });
    const { code, message, details } = result as AppError;
    return [`${code} ${message}`, ...details.map((line) => renderLine(line))].join("\n");
}

async function accepted(config: string, files: Readonly<Record<string, string>> = {}) {
    const result = await reading({ "Pulumi.dev.yaml": `config:\n${config}`, ...files });
    expect(result).not.to.be.instanceOf(AppError);
    return (result as Exclude<typeof result, AppError>).settings;
}

describe("what Pulumi would read differently", () => {
    afterEach(removeFolders);

    // Pulumi v3.246.0 makes of these, in this order: 83, 7222500, 8e10241, 10, 31, 15, 3, true, 2020-01-01 00:00:00 +0000 UTC.
    for (const text of ["0123", "72225e2", "8e10241", "1_0", "0x1F", "0o17", "0b11", "True", "2020-01-01"]) {
        it(`is refused with its characters in quotes: a cluster called ${text}`, async () => {
            const said = await refusal(`  sles-ecs:clusterName: ${text}\n`);
            expect(said).to.match(/^SETTINGS_INVALID Pulumi.dev.yaml has a problem\n/);
            expect(said)
                .to.include(`clusterName: got ${text} in Pulumi.dev.yaml, line 2, `)
                .and.to.include(`(write sles-ecs:clusterName: "${text}")`);
            const { clusterName } = await accepted(`  sles-ecs:clusterName: "${text}"\n`);
            expect(clusterName).to.equal(text);
        });
    }

    it("is refused in numbers, which would be other numbers", async () => {
        const said = await refusal("  sles-ecs:hosts:\n    count: 010\n    rootVolumeGiB: 1_10\n");
        expect(said)
            .to.include("has 2 problems")
            .and.to.include("hosts.count: got 010 in Pulumi.dev.yaml, line 3, ")
            .and.to.include("expected a number in plain digits, or text in quotes")
            .and.to.include("hosts.rootVolumeGiB: got 1_10 in Pulumi.dev.yaml, line 4, ");
    });

    it("is refused in keys, lists, values of tags, and keys of AWS", async () => {
        const said = await refusal(
            [
                "  aws:allowedAccountIds: [012345670123]",
                "  sles-ecs:tags: { 2020: a, since: 2020-01-01 }",
                "  sles-ecs:hosts:",
                "    packages:",
                "      - vim",
                "      - 1.0",
                "",
            ].join("\n"),
        );
        expect(said)
            .to.include("aws:allowedAccountIds[0]: got 012345670123 in Pulumi.dev.yaml, line 2")
            .and.to.include("tags.2020: got 2020 in Pulumi.dev.yaml, line 3")
            .and.to.include('(write "2020":)')
            .and.to.include('(write since: "2020-01-01")')
            .and.to.include("hosts.packages[1]: got 1.0 in Pulumi.dev.yaml, line 7")
            .and.to.include('(write "1.0")');
    });

    it("is refused where it is more than a value: merge keys, tags, a bare pair in a list", async () => {
        const merge =
            "  sles-ecs:hosts: &base\n    count: 2\n  sles-ecs:tags:\n    <<: *base\n    team: blue\n";
        expect(await refusal(merge)).to.include("got << in Pulumi.dev.yaml, line 5, a merge key");
        expect(await refusal("  sles-ecs:hosts:\n    count: !!int '2'\n")).to.include("a tag, which");
        expect(await refusal("  sles-ecs:hosts:\n    packages: [a:, b]\n")).to.include("mark of YAML");
        expect(await refusal("  sles-ecs:hosts: &a\n    count: *a\n")).to.include("within itself");
    });

    it("is refused in what Pulumi.yaml gives every environment, unless the environment says otherwise", async () => {
        const project =
            "name: sles-ecs\nruntime: nodejs\nconfig:\n  sles-ecs:clusterName:\n    value: 0123\n";
        expect(await refusal("  aws:region: us-east-1\n", { "Pulumi.yaml": project })).to.include(
            "got 0123 in Pulumi.yaml, line 5, ",
        );
        const own = await accepted("  sles-ecs:clusterName: web\n", { "Pulumi.yaml": project });
        expect(own.clusterName).to.equal("web");
    });

    it("is nobody's business under the keys of others, and in what a command does not read", async () => {
        await accepted("  web:version: 010\n");
        const directory = makeProject({
            "Pulumi.dev.yaml": "config:\n  sles-ecs:hostImage:\n    deletionNoticeDays: 010\n",
        });
        const project = await openProject({ directory }, undefined);
        await readEnvironment(project, "dev", { unread: ["hostImage"] });
    });

    it("does not come about by what is written for a person", () => {
        const texts = fc.oneof(
            fc.constantFrom(
                "0123",
                "2020-01-01",
                "1_0",
                "0b-1",
                "?",
                ":x",
                "<",
                "~",
                "True",
                "8e10241",
                "a\nb",
            ),
            fc.string({ maxLength: 6 }).filter((text) => !/^\s[^]*\n/.test(text)),
        );
        fc.assert(
            fc.property(texts, texts, fc.boolean(), (key, text, inBraces) => {
                fc.pre(key !== "<<" && key !== "" && !/^\s|\n/.test(key));
                const before = inBraces
                    ? 'config: { "sles-ecs:tags": { a: b } }\n'
                    : "config:\n  aws:region: x\n";
                const file = new SettingsFile("Pulumi.dev.yaml", true, before);
                file.set(["tags", key], text);
                expect(file.misreadings).to.deep.equal([]);
                const tags = file.config["sles-ecs:tags"] as Readonly<Record<string, unknown>>;
                expect(tags[key]).to.equal(text);
            }),
            { numRuns: 500 },
        );
    });
});

describe("settings as `pulumi config set` writes them", () => {
    afterEach(removeFolders);

    it("are groups where they are JSON in a text, also with a lock put into them", async () => {
        const text = 'config:\n  sles-ecs:hosts: \'{"count": 2}\'\n  sles-ecs:clusterName: "123"\n';
        const { hosts, clusterName } = await accepted(text.replace("config:\n", ""));
        expect(hosts).to.include({ mode: "fixed", count: 2 });
        expect(clusterName).to.equal("123");
        const file = new SettingsFile("Pulumi.dev.yaml", true, text);
        file.set(["hosts", "instanceType"], "t3.large");
        expect(file.config["sles-ecs:hosts"]).to.deep.equal({ count: 2, instanceType: "t3.large" });
    });

    it("are refused as secrets, which the checks cannot read, wherever the secret is", async () => {
        const secret = "secure: v1:abc:def";
        const said = await refusal(
            `  sles-ecs:clusterName:\n    ${secret}\n  sles-ecs:hosts:\n    keyName:\n      ${secret}\n`,
        );
        expect(said)
            .to.include("clusterName: is stored as a secret")
            .and.to.include("hosts: is stored as a secret")
            .and.not.to.include("v1:abc:def");
    });
});

describe("the key of a setting", () => {
    afterEach(removeFolders);

    const infra = { "Pulumi.yaml": "name: infra\nruntime: nodejs\n" };

    it("begins with sles-ecs: whatever the project is called", async () => {
        const { hosts } = await accepted("  sles-ecs:hosts:\n    count: 3\n", infra);
        expect(hosts).to.include({ count: 3 });
    });

    it("is refused under the project's own name, where nothing would read it", async () => {
        expect(await refusal("  infra:hosts:\n    count: 3\n", infra))
            .to.include("infra:hosts is a key of the project's own, which nothing reads")
            .and.to.include("write sles-ecs:hosts");
        await accepted("  infra:domain: example.org\n", infra);
    });

    it("is refused without a namespace, and in Pulumi's older form", async () => {
        for (const [files, own] of [
            [{}, "sles-ecs"],
            [infra, "infra"],
        ] as const) {
            expect(await refusal("  hosts:\n    count: 3\n", files))
                .to.include(`${own}:hosts`)
                .and.to.include("write sles-ecs:hosts");
        }
        expect(await refusal("  sles-ecs:config:hosts:\n    count: 3\n")).to.include("write sles-ecs:hosts");
        expect(await refusal("  aws:config:region: eu-west-1\n")).to.include("write aws:region");
    });
});

describe("the settings file", () => {
    afterEach(removeFolders);

    const yml = { "Pulumi.dev.yaml": "", "Pulumi.stage.yml": "config:\n  sles-ecs:hosts:\n    count: 2\n" };

    it("is refused with another extension than the project's, which Pulumi would pass over", async () => {
        const project = await openProject({ directory: makeProject(yml) }, undefined);
        const error: unknown = await readEnvironment(project, "stage").catch((reason: unknown) => reason);
        expect(error).to.include({ code: "SETTINGS_FILE_UNREADABLE", exitCode: 2 });
        expect((error as AppError).message).to.include("expected Pulumi.stage.yaml");
        expect((error as AppError).hint).to.match(/^mv .*Pulumi\.stage\.yml .*Pulumi\.stage\.yaml$/);
        expect(await settingsFileNames(project)).to.deep.equal(["dev"]);
    });
});
