import { expect } from "chai";

import { parseSettings, problemsOfKept, readKeptSettings } from "../../../../components/model/settings";
import { said } from "../../../helpers/said";

function resolved(settings: object) {
    const parsed = parseSettings(settings, "dev");
    expect(parsed.problems.filter(({ severity }) => severity === "error")).to.deep.equal([]);
    return parsed.settings;
}

describe("settings that a state keeps", () => {
    for (const [what, settings] of Object.entries({
        "every default": {},
        "every section in its other mode": {
            clusterName: "web",
            hosts: { mode: "autoScaling", min: 1, max: 5, desired: 2, packages: ["vim"] },
            dockerStorage: { mode: "driver", driver: "overlay2", options: { "overlay2.size": "10G" } },
            instanceRole: { mode: "existing", instanceProfileName: "hosts" },
            network: {
                mode: "existing",
                subnetIds: ["subnet-0123456789abcdef0"],
                securityGroupIds: ["sg-0123456789abcdef0"],
            },
        },
        "what has no default": {
            network: {
                mode: "create",
                subnets: "private",
                ingress: [
                    { port: 443, cidrBlocks: ["10.0.0.0/8", "fd00::/8"] },
                    { fromPort: 80, toPort: 81, securityGroupIds: ["sg-0123456789abcdef0"] },
                ],
            },
            dockerStorage: { mode: "volume", sizeGiB: 40 },
            proxy: { address: "proxy.example.com:3128" },
            lease: { ttl: "8h", owner: "alice" },
            capabilities: {
                awslogs: true,
                efs: true,
                executeCommand: true,
                serviceConnect: true,
                containerBuilds: true,
            },
            hours: "Mon-Fri 08:00-18:00 Europe/Berlin",
            agent: { logLevel: "debug" },
            containerRegistry: { repositories: ["web"] },
            tags: { team: "blue" },
        },
    })) {
        it(`are what they were: ${what}`, () => {
            const before = resolved(settings);
            const kept: unknown = JSON.parse(JSON.stringify(before));
            const read = readKeptSettings(kept, "dev");
            expect(said(read)).to.deep.equal(said(before));
            expect(read && problemsOfKept(read, "dev")).to.deep.equal([]);
        });
    }

    it("get the default of their mode for what an earlier version did not have", () => {
        const kept = {
            clusterName: "dev",
            hosts: { mode: "autoScaling", min: 1, max: 3, desired: 1, instanceType: "t3.large" },
            network: { mode: "create", cidrBlock: "10.1.0.0/16" },
        };
        const settings = readKeptSettings(kept, "dev");
        expect(settings?.hosts).to.deep.include({ min: 1, instanceType: "t3.large", packages: [] });
        expect(settings?.network).to.deep.include({ mode: "create", cidrBlock: "10.1.0.0/16", zones: 2 });
        expect(settings).to.deep.include({ capabilities: {}, tags: {}, agent: {} });
        expect(settings?.dockerStorage).to.deep.equal({ mode: "imageStore" });
    });

    it("get defaults also within what has none itself", () => {
        const kept = { hosts: { mode: "fixed", count: 1 }, lease: { ttlSeconds: 60, owner: "alice" } };
        expect(readKeptSettings(kept, "dev")?.lease).to.deep.include({
            ttlSeconds: 60,
            owner: "alice",
            graceSeconds: 3600,
        });
    });

    it("are held against the rules for those that are written", () => {
        const problems = (kept: object) => {
            const read = readKeptSettings(kept, "dev");
            return read && problemsOfKept(read, "dev").map(({ path }) => path);
        };
        expect(problems({ hosts: { mode: "fixed", count: -1, instanceType: "huge" } })).to.have.members([
            "hosts.count",
            "hosts.instanceType",
        ]);
        expect(problems({ hosts: { mode: "fixed", count: 1 }, warmPool: { size: 3 } })).to.deep.equal([
            "warmPool",
        ]);
        expect(problems({ hosts: { mode: "fixed", count: 1 }, lease: { ttlSeconds: -5 } })).to.deep.equal([
            "lease.ttl",
        ]);
    });

    it("are none where nothing of the kind is kept, or a later version has modes of its own", () => {
        for (const kept of [
            undefined,
            "text",
            {},
            { hosts: "two" },
            { hosts: { mode: "spot" } },
            { hosts: { mode: "fixed", count: 1 }, network: { mode: "shared" } },
        ]) {
            expect(readKeptSettings(kept, "dev")).to.equal(undefined);
        }
    });
});
