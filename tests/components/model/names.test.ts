import { expect } from "chai";
import fc from "fast-check";
import {
    hostName,
    mayBeNamedFor,
    isRoleIn,
    resourceName,
    type NamedKind,
} from "../../../components/model/names";

/** Limits in the API references of IAM, EC2, Auto Scaling and ECS. */
const limits: Readonly<Record<NamedKind, number>> = {
    instanceRole: 64,
    leaseRole: 64,
    scheduleGroup: 64,
    launchTemplate: 128,
    securityGroup: 255,
    endpointsGroup: 255,
    autoScalingGroup: 255,
    capacityProvider: 255,
};
const kinds = Object.keys(limits) as NamedKind[];
const environments = fc.stringMatching(/^[A-Za-z0-9_.-]{1,100}$/);
const regions = fc.constantFrom("us-east-1", "ap-southeast-2", "us-gov-east-1");

describe("names of resources", () => {
    it("carry the environment; the role's, which is global, the region too", () => {
        expect(resourceName("instanceRole", "dev", "eu-west-1")).to.equal("sles-ecs-dev-eu-west-1");
        expect(resourceName("securityGroup", "dev", "eu-west-1")).to.equal("sles-ecs-dev");
        expect(hostName("dev", 2)).to.equal("dev-host-2");
        expect(hostName("dev")).to.equal("dev-host");
    });

    it("have the length and characters that AWS takes, whatever the environment is called", () => {
        fc.assert(
            fc.property(fc.constantFrom(...kinds), environments, regions, (kind, environment, region) => {
                const name = resourceName(kind, environment, region);
                expect(name.length).to.be.at.most(limits[kind]);
                // The narrowest of them: capacity providers. They may not start with aws, ecs or fargate either.
                expect(name).to.match(/^sles-ecs-[A-Za-z0-9_-]+$/);
            }),
        );
    });

    it("differ where project, case or a dot do, by the id of the stack: AWS takes no two of them", () => {
        // IAM: "Names are not distinguished by case" (API reference, CreateRole).
        const ids = ["7f3a2b1c-0000-4000-8000-000000000000", "7f3a2b1d-0000-4000-8000-000000000000"];
        const nameOf = (environment: string, id = 0) =>
            resourceName("instanceRole", environment, "eu-west-1", ids[id]);
        expect(nameOf("team.dev")).to.equal("sles-ecs-team-dev-eu-west-1-7f3a2b1c");
        expect(nameOf("team-dev", 1)).to.equal("sles-ecs-team-dev-eu-west-1-7f3a2b1d");
    });

    it("keep the id of the stack whatever has to be cut", () => {
        fc.assert(
            fc.property(
                fc.constantFrom(...kinds),
                environments,
                regions,
                fc.uuid(),
                (kind, environment, region, id) => {
                    const name = resourceName(kind, environment, region, id);
                    expect(name.length).to.be.at.most(limits[kind]);
                    expect(name).to.match(/^sles-ecs-[A-Za-z0-9_-]+$/);
                    expect(name.endsWith(`-${id.slice(0, 8)}`)).to.equal(true);
                    expect(mayBeNamedFor(name, environment), "is found again").to.equal(true);
                },
            ),
        );
    });

    it("keep the region whatever has to be cut: it is found again, and no two regions have one name", () => {
        const roles = ["instanceRole", "leaseRole"] as const;
        fc.assert(
            fc.property(
                fc.constantFrom(...roles),
                environments,
                regions,
                fc.uuid(),
                (kind, environment, region, id) => {
                    const name = resourceName(kind, environment, region, id);
                    expect(isRoleIn(region, name, environment, id)).to.equal(true);
                    expect(
                        isRoleIn(region, resourceName(kind, environment, region), environment, id),
                    ).to.equal(true);
                    expect(isRoleIn("eu-central-1", name, environment, id)).to.equal(false);
                },
            ),
        );
    });

    it("stay as they were wherever they fit, for IAM renames nothing", () => {
        // 9 characters of prefix, 30 of the environment, 10 of -eu-west-1, 6 of -lease, 9 of the id: 64.
        const environment = "e".repeat(30);
        const id = "7f3a2b1c-0000-4000-8000-000000000000";
        expect(resourceName("leaseRole", environment, "eu-west-1", id)).to.equal(
            `sles-ecs-${environment}-eu-west-1-lease-7f3a2b1c`,
        );
        expect(resourceName("leaseRole", `${environment}e`, "eu-west-1", id)).to.equal(
            `sles-ecs-${environment}-eu-west-1-lease-7f3a2b1c`,
        );
    });

    it("tell of no region where an earlier version has cut it, and where they are somebody else's", () => {
        const id = "12345678-0000-4000-8000-000000000000";
        const environment = "e".repeat(42);
        // `-eu` is what was left of the region.
        expect(isRoleIn("eu-west-1", `sles-ecs-${environment}-eu-12345678`, environment, id)).to.equal(false);
        expect(isRoleIn("eu-west-1", "sles-ecs-bob-eu-west-1-12345678", "alice", id)).to.equal(false);
        expect(isRoleIn("eu-west-1", "ecsInstanceRole", "alice", id)).to.equal(false);
    });
});
