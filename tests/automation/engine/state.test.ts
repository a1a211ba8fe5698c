import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";
import { parse } from "yaml";

import { findBackend } from "../../../automation/settings/backend";
import { readLocks } from "../../../automation/engine/locks";
import { parseState } from "../../../automation/engine/state";
import type { Project } from "../../../automation/settings/project";
import { forgetStackKeys, withFileAsItIs } from "../../../automation/settings/stackKeys";
import { makeFolder, removeFolders } from "../../helpers/project";
import { said } from "../../helpers/said";

describe("the exported state of a stack", () => {
    const deployment = (value: object) => JSON.stringify({ version: 3, deployment: value });

    it("gives the resources that the stack owns, with type, name and id", () => {
        const { resources } = parseState(
            deployment({
                resources: [
                    { urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", type: "pulumi:pulumi:Stack" },
                    {
                        urn: "urn:pulumi:dev::p::pulumi:providers:aws::default",
                        type: "pulumi:providers:aws",
                        id: "1",
                    },
                    {
                        urn: "urn:pulumi:dev::p::sles-ecs:components:SlesEcsCluster::sles-ecs",
                        type: "sles-ecs:components:SlesEcsCluster",
                    },
                    {
                        urn: "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::default",
                        type: "aws:ec2/vpc:Vpc",
                        id: "vpc-1",
                        external: true,
                    },
                    {
                        urn: "urn:pulumi:dev::p::a$aws:ecs/cluster:Cluster::sles-ecs-cluster",
                        type: "aws:ecs/cluster:Cluster",
                        id: "arn:c",
                    },
                ],
            }),
        );
        expect(resources).to.deep.equal([
            { type: "sles-ecs:components:SlesEcsCluster", name: "sles-ecs", id: "" },
            { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:c" },
        ]);
    });

    it("marks what another one has taken the place of, and the next update deletes", () => {
        const urn = "urn:pulumi:dev::p::aws:ec2/instance:Instance::host-1";
        const host = { urn, type: "aws:ec2/instance:Instance" };
        const { resources } = parseState(
            deployment({
                resources: [
                    { ...host, id: "i-new" },
                    { ...host, id: "i-old", delete: true },
                ],
            }),
        );
        expect(resources.map(({ id, isPendingDeletion = false }) => [id, isPendingDeletion])).to.deep.equal([
            ["i-new", false],
            ["i-old", true],
        ]);
    });

    it("gives the settings that the last update was given, of this product's own component alone", () => {
        const settings = { clusterName: "dev", hosts: { mode: "fixed", count: 3 } };
        const component = (name: string) => ({
            urn: `urn:pulumi:dev::p::sles-ecs:components:SlesEcsCluster::${name}`,
            type: "sles-ecs:components:SlesEcsCluster",
            inputs: { environment: "dev", stack: "organization/p/dev", settings },
        });
        const settingsIn = (name: string) =>
            parseState(deployment({ resources: [component(name)] })).settings;
        expect(settingsIn("sles-ecs")?.hosts).to.deep.include({ mode: "fixed", count: 3 });
        expect(settingsIn("web")).to.equal(undefined);
        expect(parseState(deployment({})).settings).to.equal(undefined);
    });

    it("gives the outputs, and masks secret ones", () => {
        const { outputs } = parseState(
            deployment({
                resources: [
                    {
                        urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev",
                        type: "pulumi:pulumi:Stack",
                        outputs: {
                            clusterName: "dev",
                            token: {
                                "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                                ciphertext: "v1:x",
                            },
                        },
                    },
                ],
            }),
        );
        expect(outputs).to.deep.equal({ clusterName: "dev", token: "[secret]" });
    });

    it("is empty right after the stack was made", () => {
        // As `pulumi stack export` printed it, without its long values.
        const text = deployment({
            manifest: { time: "2026-11-23T03:44:30Z", magic: "f", version: "v3.246.0" },
            metadata: {},
        });
        expect(said(parseState(text))).to.deep.equal({
            resources: [],
            outputs: {},
            unfinished: [],
            otherIds: [],
            notOurs: [],
        });
    });

    it("names what a killed engine was working on", () => {
        const resource = {
            urn: "urn:pulumi:dev::p::aws:ebs/volume:Volume::sles-ecs-hosts-1-docker",
            custom: true,
        };
        expect(
            parseState(deployment({ pending_operations: [{ resource, type: "creating" }] })).unfinished,
        ).to.deep.equal(["sles-ecs-hosts-1-docker"]);
    });
});

describe("the state backend", () => {
    afterEach(removeFolders);

    const project = (more: Partial<Project> = {}): Project => ({
        directory: "/p",
        settingsDirectory: "/p",
        name: "sles-ecs",
        config: {},
        misreadings: [],
        extension: ".yaml",
        ...more,
    });

    it("is what PULUMI_BACKEND_URL says, before Pulumi.yaml and the login", async () => {
        const backend = await findBackend(project({ backendUrl: "s3://b" }), {
            PULUMI_BACKEND_URL: "file:///states",
        });
        expect(backend).to.deep.equal({ url: "file:///states", isService: false, directory: "/states" });
    });

    it("is what Pulumi.yaml says, before the login", async () => {
        const home = makeFolder({ "credentials.json": '{"current": "https://api.pulumi.com"}' });
        expect(
            said(await findBackend(project({ backendUrl: "s3://b" }), { PULUMI_HOME: home })),
        ).to.deep.equal({
            url: "s3://b",
            isService: false,
        });
    });

    it("is where the person logged in last", async () => {
        const home = makeFolder({ "credentials.json": '{"current": "https://api.pulumi.com"}' });
        expect(said(await findBackend(project(), { PULUMI_HOME: home }))).to.deep.equal({
            url: "https://api.pulumi.com",
            isService: true,
        });
    });

    it("is Pulumi's service where nothing says otherwise", async () => {
        expect(await findBackend(project(), { PULUMI_HOME: makeFolder() })).to.deep.equal({
            isService: true,
        });
    });

    it("may be a folder relative to the project", async () => {
        const backend = await findBackend(project(), { PULUMI_BACKEND_URL: "file://./states" });
        expect(backend.directory).to.equal("/p/states");
    });

    it("may be a folder of any name, written in a URL as such names are", async () => {
        const folder = "/a #b?c%20d 'e\"/ü";
        const encoded = pathToFileURL(folder).href;
        expect((await findBackend(project(), { PULUMI_BACKEND_URL: encoded })).directory).to.equal(folder);
        const relative = await findBackend(project(), { PULUMI_BACKEND_URL: "file://./my%20states" });
        expect(relative.directory).to.equal("/p/my states");
        const home = await findBackend(project(), {
            HOME: "/home/ann",
            PULUMI_BACKEND_URL: "file://~/my%20states",
        });
        expect(home.directory).to.equal("/home/ann/my states");
    });

    it("is no folder where the URL is none", async () => {
        const url = "file:///per%cent";
        expect(said(await findBackend(project(), { PULUMI_BACKEND_URL: url }))).to.deep.equal({
            url,
            isService: false,
        });
    });

    it("tells who holds the locks of a stack, where it is a folder", async () => {
        const directory = makeFolder();
        const locks = path.join(directory, ".pulumi", "locks", "organization", "sles-ecs", "dev");
        mkdirSync(locks, { recursive: true });
        const lock = { pid: 4242, username: "ann", hostname: "build7", timestamp: "2026-11-20T10:00:00Z" };
        writeFileSync(path.join(locks, "a.json"), JSON.stringify(lock));
        writeFileSync(path.join(locks, "half.json"), "{");
        expect(await readLocks({ isService: false, directory }, "organization/sles-ecs/dev")).to.deep.equal([
            { user: "ann", host: "build7", processId: 4242, since: "2026-11-20T10:00:00Z" },
        ]);
        expect(await readLocks({ isService: false, directory }, "organization/sles-ecs/other")).to.deep.equal(
            [],
        );
    });
});

describe("a settings file that Pulumi writes into", () => {
    afterEach(removeFolders);

    const settings =
        "# ours\nconfig:\n    aws:region: us-east-1\n\n    # why two\n    sles-ecs:hosts: { count: 2 }\n\n    # off: yes\n";

    it("keeps its formatting, and gains only the salt", async () => {
        const file = path.join(makeFolder({ "Pulumi.dev.yaml": settings }), "Pulumi.dev.yaml");
        await withFileAsItIs(file, () => {
            writeFileSync(
                file,
                "# ours\nconfig:\n  aws:region: us-east-1\n  sles-ecs:hosts: {count: 2}\nencryptionsalt: v1:a=:v1:b==\n# off: yes\n",
            );
            return Promise.resolve();
        });
        expect(readFileSync(file, "utf8")).to.equal(`${settings}encryptionsalt: v1:a=:v1:b==\n`);
        await forgetStackKeys(file);
        expect(readFileSync(file, "utf8")).to.equal(settings);
    });

    it("gains the salt and loses it again when it is written in braces, as JSON is", async () => {
        const json = '{\n  "config": { "aws:region": "us-east-1" }\n}\n';
        const file = path.join(makeFolder({ "Pulumi.dev.yaml": json }), "Pulumi.dev.yaml");
        await withFileAsItIs(file, () => {
            writeFileSync(file, "config:\n  aws:region: us-east-1\nencryptionsalt: v1:a=:v1:b==\n");
            return Promise.resolve();
        });
        expect(parse(readFileSync(file, "utf8"))).to.have.property("encryptionsalt", "v1:a=:v1:b==");
        await forgetStackKeys(file);
        expect(parse(readFileSync(file, "utf8"))).to.deep.equal({ config: { "aws:region": "us-east-1" } });
    });

    it("gets a new salt in place of an old one", async () => {
        const file = path.join(
            makeFolder({ "Pulumi.dev.yaml": "encryptionsalt: v1:old\nconfig: {}" }),
            "Pulumi.dev.yaml",
        );
        await withFileAsItIs(file, () => {
            writeFileSync(file, "config: {}\nencryptionsalt: v1:new\n");
            return Promise.resolve();
        });
        expect(readFileSync(file, "utf8")).to.equal("encryptionsalt: v1:new\nconfig: {}");
    });

    it("is not left where there was none, unless it says more than the keys of the stack", async () => {
        const file = path.join(makeFolder(), "Pulumi.bare.yaml");
        const write = (text: string) => () => {
            writeFileSync(file, text);
            return Promise.resolve();
        };
        await withFileAsItIs(file, write("encryptionsalt: v1:a\n"));
        expect(() => readFileSync(file)).to.throw("ENOENT");
        await withFileAsItIs(file, write("encryptionsalt: v1:a\nconfig:\n  a:b: c\n"));
        expect(readFileSync(file, "utf8")).to.equal("encryptionsalt: v1:a\nconfig:\n  a:b: c\n");
    });

    it("goes with what a killed command has left, and stays where it names a provider of secrets", async () => {
        for (const [before, after] of [
            ["encryptionsalt: v1:a\n", undefined],
            ["secretsprovider: awskms://alias/team\n", "secretsprovider: awskms://alias/team\n"],
            ["", "encryptionsalt: v1:b\n"],
        ] as const) {
            const file = path.join(makeFolder({ "Pulumi.bare.yaml": before }), "Pulumi.bare.yaml");
            await withFileAsItIs(file, () => {
                writeFileSync(file, before === "" ? "encryptionsalt: v1:b\n" : before);
                return Promise.resolve();
            });
            expect(existsSync(file) ? readFileSync(file, "utf8") : undefined).to.equal(after);
        }
    });

    it("goes with the stack when nothing else is in it", async () => {
        const file = path.join(
            makeFolder({ "Pulumi.bare.yaml": "encryptionsalt: v1:a\n" }),
            "Pulumi.bare.yaml",
        );
        await forgetStackKeys(file);
        expect(() => readFileSync(file)).to.throw("ENOENT");
    });
});
