import { expect } from "chai";
import { checkVolumes } from "../../../../components/model/checks/volumes";
import type { StandingVolume } from "../../../../components/model/checks/reads";
import { parseSettings } from "../../../../components/model/settings";
import { tagKeys, type Tags } from "../../../../components/model/tags";
import { said } from "../../../helpers/said";

const stack = "organization/sles-ecs/alice";
const docker = (host: number, sizeGiB: number, more: Partial<StandingVolume> & { tags?: Tags } = {}) => ({
    id: `vol-d${host}`,
    sizeGiB,
    ...more,
    tags: {
        [tagKeys.stack]: stack,
        [tagKeys.stackId]: "mine",
        [tagKeys.host]: String(host),
        [tagKeys.storage]: "docker",
        ...more.tags,
    },
});
const root = (host: number, sizeGiB: number): StandingVolume => ({
    id: `vol-r${host}`,
    sizeGiB,
    tags: { [tagKeys.stack]: stack, [tagKeys.host]: String(host) },
});
const volume = { mode: "volume", sizeGiB: 50 };

async function check(given: object, volumes: readonly StandingVolume[], stateIsEmpty?: boolean) {
    const { settings } = parseSettings(given, "alice");
    if (settings === undefined) {
        throw new Error("the test's own settings are wrong");
    }
    let reads = 0;
    const { findings } = await checkVolumes(
        {
            hostVolumes: () => {
                reads++;
                return Promise.resolve(volumes);
            },
        },
        { environment: "alice", stack, stackId: "mine", settings, stateIsEmpty },
        Promise.resolve({ zones: [], offeredZones: new Set() }),
    );
    return { findings: said(findings), paths: findings.map(({ path }) => path), reads };
}

describe("volumes of fixed hosts", () => {
    it("are refused a size below what they have, with the host, both sizes and the way out", async () => {
        const { findings } = await check({ dockerStorage: volume }, [docker(1, 100), root(1, 20)]);
        expect(findings).to.deep.equal([
            {
                code: "VOLUME_CANNOT_SHRINK",
                severity: "error",
                path: "dockerStorage.sizeGiB",
                message:
                    "got 50, expected at least 100: the docker volume of host 1 (vol-d1) has 100 GiB, and EBS makes no volume smaller",
                hint: { do: "setSetting", path: "dockerStorage.sizeGiB", value: 100, bound: "or more" },
            },
        ]);
    });

    it("are all named, in the order of their hosts, and the largest is the least that will do", async () => {
        const hosts = { mode: "fixed", count: 3 };
        const volumes = [docker(2, 200), docker(1, 60), docker(3, 50)];
        const { findings } = await check({ hosts, dockerStorage: volume }, volumes);
        expect(findings).to.have.length(1);
        expect(findings).to.have.nested.property(
            "[0].message",
            "got 50, expected at least 200: the docker volume of host 1 (vol-d1) has 60 GiB, the docker volume of host 2 (vol-d2) has 200 GiB, and EBS makes no volume smaller",
        );
    });

    it("are refused it for root volumes too, which the provider changes in place", async () => {
        const { findings } = await check({ hosts: { rootVolumeGiB: 40 } }, [root(1, 110)]);
        expect(findings).to.deep.equal([
            {
                code: "VOLUME_CANNOT_SHRINK",
                severity: "error",
                path: "hosts.rootVolumeGiB",
                message:
                    "got 40, expected at least 110: the root volume of host 1 (vol-r1) has 110 GiB, and EBS makes no volume smaller",
                hint: { do: "setSetting", path: "hosts.rootVolumeGiB", value: 110, bound: "or more" },
            },
        ]);
    });

    it("are both refused at once", async () => {
        const hosts = { rootVolumeGiB: 20 };
        const { paths } = await check({ hosts, dockerStorage: volume }, [root(1, 30), docker(1, 51)]);
        expect(paths).to.deep.equal(["dockerStorage.sizeGiB", "hosts.rootVolumeGiB"]);
    });

    const key = (id: string) => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;
    for (const [what, given, volumes] of [
        ["of the same size", { dockerStorage: volume }, [docker(1, 50), root(1, 20)]],
        ["that grow", { dockerStorage: volume, hosts: { rootVolumeGiB: 30 } }, [docker(1, 10), root(1, 20)]],
        ["of hosts that go", { dockerStorage: volume }, [docker(2, 100), root(2, 200)]],
        ["that go themselves", { hosts: { rootVolumeGiB: 110 } }, [docker(1, 500), root(1, 20)]],
        [
            "of a host that is to have none any more",
            { hosts: { count: 2, rootVolumeGiB: 20 }, dockerStorage: { ...volume, hosts: [2] } },
            [docker(1, 500)],
        ],
        // The image's store needs a larger root volume than a host with a docker volume: 110 GiB become 20 by default.
        [
            "of a host that is replaced, as its docker gets a volume",
            { dockerStorage: volume },
            [root(1, 110)],
        ],
        [
            "that were kept of a host that is gone, while its successor holds another",
            { dockerStorage: { ...volume, keepOnDestroy: true } },
            [docker(1, 100, { isFree: true, tags: { [tagKeys.keep]: "true" } }), docker(1, 50)],
        ],
        [
            "that are replaced, as they get another key",
            { dockerStorage: { ...volume, kmsKeyId: key("b") } },
            [docker(1, 100, { kmsKeyId: key("a") })],
        ],
        ["of a group's hosts", { hosts: { mode: "autoScaling" }, dockerStorage: volume }, [docker(1, 100)]],
    ] as const satisfies readonly (readonly [string, object, readonly StandingVolume[]])[]) {
        it(`may differ where they are those ${what}`, async () => {
            expect((await check(given, volumes)).paths).to.deep.equal([]);
        });
    }

    for (const [what, more] of [
        ["kept and held by its host", { tags: { [tagKeys.keep]: "true" } }],
        ["held by nobody and not kept", { isFree: true }],
        ["kept and taken up again", { isFree: true, isEncrypted: true, tags: { [tagKeys.keep]: "true" } }],
        ["under the same key", { kmsKeyId: key("a") }],
    ] as const) {
        it(`may not where one is ${what}`, async () => {
            const kmsKeyId = "kmsKeyId" in more ? key("a") : undefined;
            const dockerStorage = { ...volume, keepOnDestroy: true, kmsKeyId };
            const { paths } = await check({ dockerStorage }, [docker(1, 100, more)]);
            expect(paths).to.deep.equal(["dockerStorage.sizeGiB"]);
        });
    }

    it("may where one has only the name of the environment's stack, and nothing holds it", async () => {
        const left = docker(1, 100, {
            isFree: true,
            tags: { [tagKeys.stackId]: undefined } as unknown as Tags,
        });
        expect((await check({ dockerStorage: volume }, [left])).paths).to.deep.equal([]);
    });

    it("are not asked for where there can be none", async () => {
        expect((await check({}, [], true)).reads).to.equal(0);
        expect((await check({ hosts: { mode: "autoScaling" } }, [])).reads).to.equal(0);
        expect((await check({ hosts: { count: 0 } }, [])).reads).to.equal(0);
        expect((await check({}, [])).reads).to.equal(1);
    });
});
