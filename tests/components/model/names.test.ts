import { expect } from "chai";
import fc from "fast-check";
import { hostName, resourceName, type NamedKind } from "../../../components/model/names";

/** Limits in the API references of IAM, EC2, Auto Scaling and ECS. */
const limits: Readonly<Record<NamedKind, number>> = {
    instanceRole: 64,
    launchTemplate: 128,
    securityGroup: 255,
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
                // The narrowest of the five: capacity providers. They may not start with aws, ecs or fargate either.
                expect(name).to.match(/^sles-ecs-[A-Za-z0-9_-]+$/);
            }),
        );
    });

    it("stay apart when they have to be cut", () => {
        const long = "e".repeat(90);
        const names = [`${long}1`, `${long}2`].map((environment) =>
            resourceName("instanceRole", environment, "us-east-1"),
        );
        expect(new Set(names).size).to.equal(2);
        expect(names.map((name) => name.length)).to.deep.equal([64, 64]);
    });

    it("are the same at every call", () => {
        fc.assert(
            fc.property(environments, regions, (environment, region) => {
                expect(resourceName("instanceRole", environment, region)).to.equal(
                    resourceName("instanceRole", environment, region),
                );
            }),
        );
    });
});
