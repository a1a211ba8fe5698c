import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { parseSettings, settingsDescription, settingsKeys } from "../../../../components/model/settings";

interface ProjectFile {
    readonly config: Readonly<Record<string, { description: string; value?: unknown }>>;
}
const read = (name: string): unknown =>
    parse(readFileSync(path.join(__dirname, "../../../..", name), "utf8"));

describe("the description of the settings", () => {
    const descriptions = settingsDescription();

    it("says of every key what it means, and its default or that it must be given", () => {
        for (const { path: key, description, defaultText, required } of descriptions) {
            expect(description, key).to.match(/^\S.*[.)]$/s);
            expect(required, key).to.equal(defaultText === undefined);
        }
    });

    it("gives defaults that are the defaults", () => {
        const { settings } = parseSettings(
            {
                hosts: { mode: "autoScaling" },
                dockerStorage: { mode: "volume" },
                network: { mode: "create" },
                containerRegistry: { repositories: ["web"] },
                capabilities: { awslogs: true },
            },
            "dev",
        );
        const fixed = parseSettings({}, "dev").settings;
        const valueOf = (key: string) =>
            [settings, fixed]
                .map((from) =>
                    key
                        .split(".")
                        .reduce<unknown>(
                            (value, step) => (value as Record<string, unknown> | undefined)?.[step],
                            from,
                        ),
                )
                .map(String);
        const plain = descriptions.filter(
            ({ defaultText }) => defaultText !== undefined && !defaultText.startsWith("- "),
        );
        expect(plain.length).to.be.greaterThan(10);
        for (const { path: key, defaultText } of plain) {
            expect(valueOf(key), key).to.include(defaultText);
        }
    });

    it("has every key of a mode under that mode", () => {
        const modesOf = (key: string) =>
            descriptions.filter((one) => one.path === key).map(({ mode }) => mode);
        expect(modesOf("hosts.count")).to.deep.equal(["fixed"]);
        expect(modesOf("hosts.instanceType")).to.deep.equal(["fixed", "autoScaling"]);
        expect(modesOf("network.cidrBlock")).to.deep.equal(["create"]);
    });
});

describe("Pulumi.yaml", () => {
    const { config } = read("Pulumi.yaml") as ProjectFile;

    it("describes every key of the settings, and none besides", () => {
        expect(Object.keys(config)).to.deep.equal(settingsKeys.map((key) => `sles-ecs:${key}`));
    });

    it("has values that count as not set, since Pulumi asks for one where a key is described", () => {
        const written = Object.fromEntries(
            Object.entries(config).map(([key, { value }]) => [key.replace("sles-ecs:", ""), value]),
        );
        expect(Object.values(written)).to.not.include(undefined);
        expect(parseSettings(written, "dev")).to.deep.equal(parseSettings({}, "dev"));
    });
});

describe("Pulumi.dev.yaml", () => {
    it("holds settings without a problem", () => {
        const { config } = read("Pulumi.dev.yaml") as { config: Record<string, unknown> };
        const written = Object.entries(config)
            .filter(([key]) => key.startsWith("sles-ecs:"))
            .map(([key, value]) => [key.replace("sles-ecs:", ""), value]);
        expect(parseSettings(Object.fromEntries(written), "dev").problems).to.deep.equal([]);
        expect(config["aws:region"]).to.match(/^[a-z]+-[a-z]+-\d$/);
    });
});
