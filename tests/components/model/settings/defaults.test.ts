import { expect } from "chai";
import { parseSettings } from "../../../../components/model/settings";
import { said } from "../../../helpers/said";

describe("settings left out", () => {
    it("become one fixed host of SLES 15 SP7 in the default network, in a cluster named like the environment", () => {
        expect(said(parseSettings({}, "dev"))).to.deep.equal({
            settings: {
                clusterName: "dev",
                adoptCluster: false,
                hosts: {
                    mode: "fixed",
                    count: 1,
                    instanceType: "t3.small",
                    rootVolumeGiB: 110,
                    packages: [],
                },
                hostImage: {
                    filter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
                    generation: 15,
                    onDeletion: "refuse",
                    deletionNoticeDays: 30,
                },
                dockerStorage: { mode: "imageStore" },
                agent: {},
                capabilities: {},
                instanceRole: { mode: "create", policy: "leastPrivilege", ssm: false },
                network: { mode: "default" },
                tags: {},
            },
            problems: [],
        });
    });

    for (const [what, raw] of Object.entries({
        undefined: undefined,
        null: null,
        "an empty text": "",
        "empty values": {
            clusterName: "",
            basedOn: null,
            hosts: {},
            tags: {},
            network: "",
            hostImage: { filter: "" },
        },
    })) {
        it(`are not distinguished from ${what}`, () => {
            expect(parseSettings(raw, "dev")).to.deep.equal(parseSettings({}, "dev"));
        });
    }

    it("fill in the rest of a mode that is chosen", () => {
        const { settings } = parseSettings(
            {
                hosts: { mode: "autoScaling", min: 2 },
                dockerStorage: { mode: "volume" },
                network: { mode: "create" },
            },
            "dev",
        );
        expect(said(settings?.hosts)).to.deep.equal({
            mode: "autoScaling",
            min: 2,
            max: 3,
            desired: 2,
            instanceType: "t3.small",
            rootVolumeGiB: 20,
            packages: [],
        });
        expect(said(settings?.dockerStorage)).to.deep.equal({
            mode: "volume",
            sizeGiB: 100,
            type: "gp3",
            keepOnDestroy: false,
        });
        expect(said(settings?.network)).to.deep.equal({
            mode: "create",
            cidrBlock: "10.0.0.0/16",
            zones: 2,
            subnets: "public",
        });
    });

    it("never put the most hosts below the fewest or the wanted ones", () => {
        const maxOf = (hosts: object) => {
            const { settings } = parseSettings({ hosts: { mode: "autoScaling", ...hosts } }, "dev");
            return settings?.hosts.mode === "autoScaling" ? settings.hosts.max : undefined;
        };
        expect(maxOf({ min: 7 })).to.equal(7);
        expect(maxOf({ desired: 5 })).to.equal(5);
        expect(maxOf({})).to.equal(3);
    });

    it("keep an empty tag, which AWS allows", () => {
        expect(parseSettings({ tags: { team: "" } }, "dev").settings?.tags).to.deep.equal({ team: "" });
    });
});

describe("settings in the text form of `pulumi config set`", () => {
    it("mean the same as those written by hand", () => {
        const byHand = parseSettings({ clusterName: 2026, adoptCluster: true }, "dev");
        expect(parseSettings({ clusterName: "2026", adoptCluster: "true" }, "dev")).to.deep.equal(byHand);
        expect(byHand.settings).to.include({ clusterName: "2026", adoptCluster: true });
    });
});
