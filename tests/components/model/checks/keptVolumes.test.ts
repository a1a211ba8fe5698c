import { expect } from "chai";
import type { StandingVolume } from "../../../../components/model/checks/reads";
import { checkVolumes } from "../../../../components/model/checks/volumes";
import { parseSettings } from "../../../../components/model/settings";
import { tagKeys, type Tags } from "../../../../components/model/tags";

const stack = "organization/sles-ecs/alice";
const volume = (id: string, host: number, more: Partial<StandingVolume> = {}, tags: Tags = {}) => ({
    id,
    sizeGiB: 50,
    zone: "eu-central-1a",
    isEncrypted: true,
    isFree: true,
    ...more,
    tags: {
        [tagKeys.stack]: stack,
        [tagKeys.environment]: "alice",
        [tagKeys.stackId]: "earlier",
        [tagKeys.host]: String(host),
        [tagKeys.storage]: "docker",
        [tagKeys.keep]: "true",
        ...tags,
    },
});
/** Made before there were ids. */
const older = { [tagKeys.stackId]: undefined } as unknown as Tags;
const ofId = (id: string) => ({ [tagKeys.stackId]: id });
const held = (id: string, host: number, stackId: string) =>
    volume(id, host, { isFree: false }, ofId(stackId));
const storage = { mode: "volume", sizeGiB: 50, keepOnDestroy: true };
const two = { hosts: { count: 2 }, dockerStorage: storage };
const key = (id: string) => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;

interface Given {
    readonly settings?: object;
    readonly volumes: readonly StandingVolume[];
    readonly stateIsEmpty?: boolean;
    readonly stateIds?: readonly string[];
    readonly zones?: readonly string[];
    readonly offered?: readonly string[];
}

async function check({ settings: given = two, volumes, stateIsEmpty, stateIds, zones, offered }: Given) {
    const { settings } = parseSettings(given, "alice");
    if (settings === undefined) {
        throw new Error("the test's own settings are wrong");
    }
    const { keptVolumes, findings } = await checkVolumes(
        { hostVolumes: () => Promise.resolve(volumes) },
        {
            ...{ environment: "alice", stack, stackId: "mine", settings, stateIsEmpty },
            stateIds: stateIds && new Set(stateIds),
        },
        Promise.resolve({
            zones: zones ?? ["eu-central-1a", "eu-central-1b"],
            offeredZones: new Set(offered ?? ["eu-central-1a", "eu-central-1b"]),
        }),
    );
    return { taken: [...keptVolumes].map(([number, { id }]) => `${number} ${id}`), findings };
}

describe("docker volumes that were kept", () => {
    it("are taken up again by the hosts of their numbers, and told of with the way not to", async () => {
        const volumes = [
            volume("vol-2", 2, { zone: "eu-central-1b" }),
            volume("vol-1", 1),
            volume("vol-3", 3),
        ];
        const { taken, findings } = await check({ volumes });
        expect(taken).to.deep.equal(["1 vol-1", "2 vol-2"]);
        expect(findings).to.deep.equal([
            {
                code: "KEPT_VOLUME_TAKEN_UP",
                severity: "warning",
                path: "dockerStorage",
                message:
                    "volumes that were kept when this environment was destroyed are taken up again, with their data: vol-1 (50 GiB, eu-central-1a) by host 1; vol-2 (50 GiB, eu-central-1b) by host 2",
                hint: "to begin with new ones, take their mark away first: aws ec2 delete-tags --resources vol-1 vol-2 --tags Key=sles-ecs:keep",
            },
        ]);
    });

    it("are taken up without a word where the stack id proves that they are the environment's", async () => {
        const { taken, findings } = await check({ volumes: [volume("vol-1", 1, {}, ofId("mine"))] });
        expect(taken).to.deep.equal(["1 vol-1"]);
        expect(findings).to.deep.equal([]);
    });

    const goes = (which: string) => ({
        code: "KEPT_VOLUME_WILL_GO",
        severity: "warning",
        path: "dockerStorage.keepOnDestroy",
        message: `volumes that were kept until now will be deleted with the environment, and their data with them, because dockerStorage.keepOnDestroy is not set: ${which}`,
        hint: ["to keep them: ", { do: "setSetting", path: "dockerStorage.keepOnDestroy", value: true }],
    });
    const notKept = { hosts: { count: 2 }, dockerStorage: { mode: "volume", sizeGiB: 50 } };

    it("are told of as lost with the next destroy where the settings keep them no longer, whoever's they are", async () => {
        const earlier = [volume("vol-2", 2, { zone: "eu-central-1b", sizeGiB: 20 }), volume("vol-1", 1)];
        const both = await check({ settings: notKept, volumes: earlier });
        expect(both.taken).to.deep.equal(["1 vol-1", "2 vol-2"]);
        expect(both.findings.map(({ code }) => code)).to.deep.equal([
            "KEPT_VOLUME_TAKEN_UP",
            "KEPT_VOLUME_WILL_GO",
        ]);
        expect(both.findings[1]).to.deep.equal(
            goes("vol-1 (50 GiB, eu-central-1a) of host 1; vol-2 (20 GiB, eu-central-1b) of host 2"),
        );
        const own = await check({ settings: notKept, volumes: [volume("vol-1", 1, {}, ofId("mine"))] });
        expect(own.taken).to.deep.equal(["1 vol-1"]);
        expect(own.findings).to.deep.equal([goes("vol-1 (50 GiB, eu-central-1a) of host 1")]);
    });

    it("make way for the other one, once the mark of one of two is taken away as they are told", async () => {
        const volumes = [volume("vol-1", 1, {}, older), volume("vol-2", 1, {}, older)];
        const unmarked = volume("vol-1", 1, {}, { ...older, [tagKeys.keep]: "" });
        for (const door of [{}, { stateIds: ["vol-9"] }, { stateIsEmpty: true }]) {
            const before = await check({ volumes, ...door });
            expect(before.findings.map(({ code }) => code)).to.deep.equal(["KEPT_VOLUME_UNUSABLE"]);
            const after = await check({ volumes: [unmarked, volume("vol-2", 1, {}, older)], ...door });
            expect(after.taken).to.deep.equal(["1 vol-2"]);
        }
    });

    it("are the host's own where the state has one of them, with an id or without", async () => {
        const volumes = [volume("vol-1", 1, {}, older), volume("vol-2", 1)];
        const { taken, findings } = await check({ volumes, stateIds: ["vol-1"] });
        expect(taken).to.deep.equal(["1 vol-1"]);
        expect(findings).to.deep.equal([]);
        const held = { ...volumes[0], isFree: false } as StandingVolume;
        expect(
            (await check({ volumes: [held, volume("vol-2", 1)], stateIds: ["vol-1"] })).taken,
        ).to.deep.equal([]);
        const unmarked = volume("vol-1", 1, {}, { ...older, [tagKeys.keep]: "" });
        const other = volume("vol-2", 1);
        expect((await check({ volumes: [unmarked, other], stateIds: ["vol-1"] })).taken).to.deep.equal([]);
    });

    it("are not passed over without a word where several are its own and the state has none of them", async () => {
        const volumes = ["vol-1", "vol-2"].map((id) => volume(id, 1, {}, ofId("mine")));
        const { taken, findings } = await check({ volumes, stateIds: [] });
        expect(taken).to.deep.equal([]);
        expect(findings.map(({ code }) => code)).to.deep.equal(["KEPT_VOLUME_UNUSABLE"]);
    });

    it("have to fit although they are the environment's own, and the way out is one that helps", async () => {
        const own = volume("vol-3", 3, {}, ofId("mine"));
        const settings = { hosts: { count: 3 }, dockerStorage: storage };
        const refusals = async (more: Partial<Given>) => {
            const { findings } = await check({ settings, volumes: [own], ...more });
            return findings.map(({ code, path, hint }) => [code, path, hint]);
        };
        const hint =
            "change the setting, or begin with a new volume: aws ec2 delete-tags --resources vol-3 --tags Key=sles-ecs:keep";
        const [noZone, notOffered] = [{ zones: ["eu-central-1b"] }, { offered: ["eu-central-1b"] }];
        expect(await refusals(noZone)).to.deep.equal([["KEPT_VOLUME_UNUSABLE", "network", hint]]);
        expect(await refusals(notOffered)).to.deep.equal([
            ["KEPT_VOLUME_UNUSABLE", "hosts.instanceType", hint],
        ]);
        expect(await refusals({ ...noZone, stateIds: [] })).to.deep.equal([
            ["KEPT_VOLUME_UNUSABLE", "network", hint],
        ]);
        // What the state has is the host's, with its mark or without.
        expect(await refusals({ ...noZone, stateIds: ["vol-3"] })).to.deep.equal([
            ["KEPT_VOLUME_UNUSABLE", "network", "change the setting"],
        ]);
    });

    const without = (name: keyof typeof tagKeys) => ({ ...volume("vol-1", 1).tags, [tagKeys[name]]: "" });
    for (const [what, given] of [
        ["without their mark", { volumes: [{ ...volume("vol-1", 1), tags: without("keep") }] }],
        ["of no docker", { volumes: [{ ...volume("vol-1", 1), tags: without("storage") }] }],
        ["that something holds", { volumes: [held("vol-1", 1, "earlier")] }],
        ["of an environment that stands", { volumes: [volume("vol-1", 1), held("vol-2", 2, "earlier")] }],
        ["of a host that has one", { volumes: [volume("vol-1", 1), held("vol-2", 1, "mine")] }],
        [
            "of a host that has one which nobody holds for now",
            {
                volumes: [
                    volume("vol-1", 1),
                    { ...volume("vol-2", 1), tags: { ...without("keep"), ...ofId("mine") } },
                ],
            },
        ],
        [
            "of a host that is to have none",
            {
                settings: { ...two, dockerStorage: { mode: "volume", hosts: [2] } },
                volumes: [volume("vol-1", 1)],
            },
        ],
        [
            "of hosts that are a group's by now",
            {
                settings: { hosts: { mode: "autoScaling" }, dockerStorage: { mode: "volume" } },
                volumes: [volume("vol-1", 1)],
            },
        ],
        [
            "as its own of which the state has one",
            { volumes: [volume("vol-1", 1, {}, ofId("mine")), volume("vol-2", 1, {}, ofId("mine"))] },
        ],
        [
            "as its own that another key would replace",
            {
                settings: { ...two, dockerStorage: { mode: "volume", kmsKeyId: key("b") } },
                volumes: [volume("vol-1", 1, { kmsKeyId: key("a") }, ofId("mine"))],
            },
        ],
    ] as const satisfies readonly (readonly [string, Given])[]) {
        it(`are left where they are ${what}`, async () => {
            const { taken, findings } = await check(given);
            expect(taken).to.deep.equal([]);
            expect(findings).to.deep.equal([]);
        });
    }

    it("prove nothing by a stack id that an empty state cannot have", async () => {
        const { taken, findings } = await check({
            volumes: [volume("vol-1", 1, {}, ofId("mine"))],
            stateIsEmpty: true,
        });
        expect(taken).to.deep.equal(["1 vol-1"]);
        expect(findings.map(({ code }) => code)).to.deep.equal(["KEPT_VOLUME_TAKEN_UP"]);
    });

    const refusals: readonly (readonly [string, Given, path: string, message: string])[] = [
        [
            "two for one host",
            { volumes: [volume("vol-1", 1), volume("vol-2", 1, {}, ofId("older"))] },
            "dockerStorage",
            "host alice-host-1 can take up only one docker volume, and 2 were kept for it: vol-1 (50 GiB, eu-central-1a); vol-2 (50 GiB, eu-central-1a)",
        ],
        [
            "one that is not encrypted",
            { volumes: [volume("vol-1", 1, { isEncrypted: false })] },
            "dockerStorage",
            "docker volume vol-1, which was kept for host alice-host-1, is not encrypted",
        ],
        [
            "one under another key",
            {
                settings: { dockerStorage: { mode: "volume", sizeGiB: 50, kmsKeyId: key("b") } },
                volumes: [volume("vol-1", 1, { kmsKeyId: key("a") })],
            },
            "dockerStorage.kmsKeyId",
            `got ${key("b")}: docker volume vol-1, which was kept for host alice-host-1, is encrypted with ${key("a")}, which nothing changes`,
        ],
        [
            "one in a zone without subnets",
            { volumes: [volume("vol-1", 1)], zones: ["eu-central-1b", "eu-central-1c"] },
            "network",
            "docker volume vol-1, which was kept for host alice-host-1, is in eu-central-1a, and the network has no subnet there: its subnets are in eu-central-1b, eu-central-1c",
        ],
        [
            "one in a zone without the instance type",
            { volumes: [volume("vol-1", 1)], offered: ["eu-central-1b"] },
            "hosts.instanceType",
            "docker volume vol-1, which was kept for host alice-host-1, is in eu-central-1a, and that zone does not offer t3.small",
        ],
    ];
    for (const [what, given, path, message] of refusals) {
        it(`are refused: ${what}`, async () => {
            const { findings } = await check(given);
            const refused = findings.filter(({ severity }) => severity === "error");
            expect(refused.map((one) => [one.code, one.path, one.message])).to.deep.equal([
                ["KEPT_VOLUME_UNUSABLE", path, message],
            ]);
            expect(refused[0]?.hint).to.match(
                /aws ec2 delete-tags --resources vol-1 --tags Key=sles-ecs:keep$/,
            );
        });
    }

    it("are refused where they are larger than what is asked for, and may be smaller", async () => {
        const [larger, smaller] = await Promise.all(
            [100, 20].map((sizeGiB) => check({ volumes: [volume("vol-1", 1, { sizeGiB })] })),
        );
        expect(larger?.findings.map(({ code }) => code)).to.include("VOLUME_CANNOT_SHRINK");
        expect(smaller?.findings.map(({ code }) => code)).to.deep.equal(["KEPT_VOLUME_TAKEN_UP"]);
    });
});
