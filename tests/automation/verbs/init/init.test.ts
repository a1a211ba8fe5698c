import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import { parse } from "yaml";

import { expectGolden } from "../../../helpers/golden";
import { makeFolder, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

describe("init", () => {
    afterEach(removeFolders);

    const read = (directory: string, name: string) => readFileSync(path.join(directory, name), "utf8");

    it("writes a whole project and says what comes next", async () => {
        const directory = makeFolder();
        const { transcript, exitCode } = await play(["init", "--name", "web-ecs"], { directory });
        expect(exitCode).to.equal(0);
        expect(parse(read(directory, "Pulumi.yaml"))).to.include({ name: "web-ecs" });
        expectGolden("cli/init.txt", transcript);
        expect(readdirSync(directory).sort()).to.deep.equal([
            ".gitignore",
            "Pulumi.dev.yaml",
            "Pulumi.yaml",
            "index.ts",
            "package.json",
            "state",
            "tsconfig.json",
        ]);
    });

    it("asks at a terminal for the name, the region and the place of the state, and takes what it offers", async () => {
        const directory = path.join(makeFolder(), "clusters");
        const env = { AWS_REGION: "eu-north-1", HOME: makeFolder() };
        const { context } = await play(["init"], { directory, env, texts: ["web-ecs", "eu-central-1", ""] });
        expect(context.io.questions).to.have.length(3);
        expect(context.io.err())
            .to.contain("[clusters]")
            .and.to.contain("[eu-north-1]")
            .and.to.contain("[file://./state]");
        expect(parse(read(directory, "Pulumi.yaml"))).to.deep.include({
            name: "web-ecs",
            backend: { url: "file://./state" },
        });
        expect(parse(read(directory, "Pulumi.dev.yaml"))).to.have.nested.property(
            "config.aws:region",
            "eu-central-1",
        );
    });

    it("asks for nothing that is given, or not going to be written", async () => {
        const directory = makeFolder({ "Pulumi.yaml": "name: mine\nruntime: nodejs\n" });
        const { exitCode, context } = await play(["init", "--region", "eu-west-1"], { directory, texts: [] });
        expect([exitCode, context.io.questions]).to.deep.equal([0, []]);
        expect(context.io.out()).to.contain("The environment dev is going to be in eu-west-1.");
    });

    it("leaves the place of the state to Pulumi where that has one", async () => {
        const directory = makeFolder();
        const env = { PULUMI_BACKEND_URL: "s3://acme-states", PULUMI_CONFIG_PASSPHRASE: "" };
        const { context } = await play(["init"], { directory, env });
        expect(parse(read(directory, "Pulumi.yaml"))).to.not.have.property("backend");
        expect(context.io.out())
            .to.contain("Pulumi keeps the state in s3://acme-states.")
            .and.to.not.contain("PULUMI_CONFIG_PASSPHRASE");
    });

    it("tells everything that is wrong with the options at once, and writes nothing then: exit code 2", async () => {
        const directory = makeFolder();
        const words = ["--name", "web ecs", "--region", "eu-cental-1", "--backend", "s3:acme"];
        const { exitCode, context } = await play(["init", ...words], { directory });
        expect([exitCode, readdirSync(directory)]).to.deep.equal([2, []]);
        expect(context.io.err())
            .to.contain("web ecs cannot be the name of a Pulumi project")
            .and.to.contain("did you mean eu-central-1?")
            .and.to.contain("--backend: got s3:acme, expected a URL");
    });

    it("leaves the state to Pulumi's service where a token is for it, as in pipelines", async () => {
        const directory = makeFolder();
        const env = { PULUMI_ACCESS_TOKEN: "pul-abc", HOME: makeFolder() };
        const { context } = await play(["init"], { directory, env });
        expect(context.io.out()).to.contain("Pulumi keeps the state in https://api.pulumi.com.");
        expect(parse(read(directory, "Pulumi.yaml"))).to.not.have.property("backend");
        expect(readdirSync(directory)).to.not.include("state");
    });

    it("refuses an option that says something else than a file that is there, and takes the same again", async () => {
        const directory = makeFolder();
        const words = ["--name", "web", "--region", "eu-west-1", "--backend", "file://./states"];
        const runs = [words, words, ["--name", "api", "--region", "eu-west-2", "--backend", "s3://acme"]];
        const played = [];
        for (const run of runs) {
            played.push(await play(["init", ...run], { directory, env: { HOME: makeFolder() } }));
        }
        expect(played.map(({ exitCode }) => exitCode)).to.deep.equal([0, 0, 2]);
        expect(played[2]?.context.io.err())
            .to.contain("--name: got api, and Pulumi.yaml says web")
            .and.to.contain("--region: got eu-west-2, and Pulumi.dev.yaml says eu-west-1")
            .and.to.contain("--backend: got s3://acme, and Pulumi.yaml says file://./states");
    });

    it("writes nothing beside a Pulumi.yaml that cannot be read", async () => {
        const directory = makeFolder({ "Pulumi.yaml": "name: [" });
        const { exitCode } = await play(["init"], { directory });
        expect([exitCode, readdirSync(directory)]).to.deep.equal([2, ["Pulumi.yaml"]]);
    });

    it("names the variable that a wrong region comes from, and does not look at it where nothing is written", async () => {
        const env = { AWS_REGION: "bogus" };
        const directory = makeFolder();
        const { exitCode, context } = await play(["init"], { directory, env });
        expect([exitCode, readdirSync(directory)]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("AWS_REGION: got bogus");
        await play(["init"], { directory });
        expect((await play(["init"], { directory, env })).exitCode).to.equal(0);
    });

    it("shows no password of a state backend", async () => {
        const env = { PULUMI_BACKEND_URL: "postgres://bob:s3cret@db/states" };
        const asked = await play(["init"], { directory: makeFolder(), env, texts: ["", "", ""] });
        const json = await play(["init", "-o", "json"], { directory: makeFolder(), env });
        for (const { transcript } of [asked, json]) {
            expect(transcript).to.contain("postgres://***@db/states").and.to.not.contain("s3cret");
        }
    });

    it("names next commands that a shell finds, also under npx", async () => {
        const env = { npm_command: "exec", npm_config_user_agent: "npm/11.0.0 node/v20" };
        const { context } = await play(["init"], { directory: makeFolder(), env });
        expect(context.io.out())
            .to.contain("  npx sles-ecs up dev ")
            .and.to.not.match(/^ {2}sles-ecs/m);
    });

    it("calls the project as its folder, as far as Pulumi takes that, for projects of one name share their stacks", async () => {
        for (const [folder, name] of [
            ["infra", "infra"],
            ["Café & Söhne", "Caf-S-hne"],
            ["42", "42"],
            ["ä", "sles-ecs"],
        ] as const) {
            const directory = path.join(makeFolder(), folder);
            const { context } = await play(["init", "-o", "json", "-C", directory], {
                directory: makeFolder(),
            });
            expect(JSON.parse(context.io.out())).to.include({ project: name });
            expect(parse(read(directory, "Pulumi.yaml"))).to.include({ name });
        }
    });

    it("takes no name that Pulumi would not, and writes nothing then", async () => {
        const directory = makeFolder();
        const { exitCode, context } = await play(["init", "--name", "web ecs"], { directory });
        expect([exitCode, readdirSync(directory)]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("web ecs cannot be the name of a Pulumi project");
    });

    it("writes settings that preview accepts", async () => {
        const directory = makeFolder();
        await play(["init"], { directory });
        const { exitCode, context } = await play(["preview", "dev"], { directory });
        expect([exitCode, context.calls]).to.deep.equal([
            0,
            ["engine open dev", "aws reads", "engine preview"],
        ]);
    });

    it("writes the settings and the description of every key that this project uses itself", async () => {
        const directory = makeFolder();
        await play(["init"], { directory });
        const own = path.join(__dirname, "../../../..");
        for (const [name, keys] of [
            ["Pulumi.dev.yaml", ["config"]],
            ["Pulumi.yaml", ["config"]],
        ] as const) {
            const [written, used] = [directory, own].map(
                (folder) => parse(read(folder, name)) as Record<string, unknown>,
            );
            expect(written).to.include.all.keys(...keys);
            for (const key of keys) {
                expect(written?.[key], `${key} in ${name}`).to.deep.equal(used?.[key]);
            }
        }
    });

    it("asks for Pulumi's SDKs as the package itself does, and lets in what npm has brought along", async () => {
        const directory = makeFolder();
        await play(["init"], { directory });
        const own = JSON.parse(read(path.join(__dirname, "../../../.."), "package.json")) as {
            peerDependencies: Record<string, string>;
            version: string;
        };
        const written = JSON.parse(read(directory, "package.json")) as {
            dependencies: Record<string, string>;
        };
        expect(written.dependencies).to.include({
            ...own.peerDependencies,
            "sles-ecs": `^${own.version}`,
        });
    });

    it("writes a module where package.json says that its files are modules", async () => {
        const directory = makeFolder({ "package.json": '{ "name": "mine", "type": "module" }' });
        await play(["init"], { directory });
        expect(readdirSync(directory)).to.include("index.mjs").and.to.not.include("index.ts");
        expect(parse(read(directory, "Pulumi.yaml"))).to.include({ main: "index.mjs" });
    });

    it("never overwrites, and only adds to package.json", async () => {
        const directory = makeFolder({
            "Pulumi.yaml": "name: mine\nruntime: nodejs\n",
            "package.json": '{ "name": "mine", "dependencies": { "typescript": "5.0.0" } }',
        });
        const { context } = await play(["init", "-o", "json"], { directory });
        expect(read(directory, "Pulumi.yaml")).to.equal("name: mine\nruntime: nodejs\n");
        expect(JSON.parse(read(directory, "package.json"))).to.deep.include({ name: "mine" });
        expect(JSON.parse(read(directory, "package.json"))).to.have.nested.property(
            "dependencies.typescript",
            "5.0.0",
        );
        const { files } = JSON.parse(context.io.out()) as { files: { name: string; outcome: string }[] };
        expect(files.filter(({ outcome }) => outcome !== "written")).to.deep.equal([
            { name: "Pulumi.yaml", outcome: "kept" },
            { name: "package.json", outcome: "completed" },
        ]);
    });

    it("changes nothing the second time", async () => {
        const directory = makeFolder();
        await play(["init"], { directory });
        const { context } = await play(["init", "-o", "json"], { directory });
        const { files } = JSON.parse(context.io.out()) as { files: { outcome: string }[] };
        expect(new Set(files.map(({ outcome }) => outcome))).to.deep.equal(new Set(["kept"]));
    });

    it("leaves a package.json of somebody else's as it is written, and says nothing of its name or whether it is private", async () => {
        const theirs =
            '\ufeff{\r\n    "version": "1.0.0",\r\n    "devDependencies": {\r\n        "typescript": "5.0.0"\r\n    }\r\n}';
        const directory = makeFolder({ "package.json": theirs });
        await play(["init"], { directory });
        const own = JSON.parse(read(path.join(__dirname, "../../../.."), "package.json")) as {
            readonly version: string;
            readonly peerDependencies: Readonly<Record<string, string>>;
        };
        const added = [
            ',\r\n    "dependencies": {',
            ...Object.entries(own.peerDependencies).map(([name, range]) => `        "${name}": "${range}",`),
            `        "sles-ecs": "^${own.version}"`,
            "    }\r\n}",
        ].join("\r\n");
        const written = read(directory, "package.json");
        expect(written).to.equal(theirs.replace(/\r\n\}$/, added));
        const again = await play(["init"], { directory });
        expect(again.context.io.out()).to.match(/package\.json +left as it was/);
        expect(read(directory, "package.json")).to.equal(written);
    });

    it("refuses a package.json that is no JSON: exit code 2", async () => {
        const { exitCode, context } = await play(["init"], {
            directory: makeFolder({ "package.json": "{" }),
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("package.json is not valid JSON");
    });

    it("says when it may not write there: exit code 2", async () => {
        const directory = makeFolder();
        writeFileSync(path.join(directory, "file"), "");
        const { exitCode, context } = await play(["init", "-C", "file/below"], { directory });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("cannot write into");
        chmodSync(path.join(directory, "file"), 0o600);
    });
});
