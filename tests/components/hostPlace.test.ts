import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { HostPlace } from "../../components/hostPlace";
import { unwrap } from "./environment";

const place = (offered: readonly string[] = ["eu-west-1a", "eu-west-1b"]) =>
    new HostPlace({
        hostNumber: 1,
        hostName: "dev-host-1",
        instanceType: "t3.small",
        subnets: ["a", "b", "b"].map((letter, index) => ({
            id: pulumi.output(`subnet-${index}`),
            zone: `eu-west-1${letter}`,
        })),
        offeredZones: new Set(offered),
    });
const volumeIn = (zone: string) => ({
    volumeId: pulumi.output("vol-0abc"),
    zone: pulumi.output(zone),
});

/** @returns the error that the subnet's id ends in */
function refusalOf(id: pulumi.Output<string>): Promise<unknown> {
    return unwrap(id).then(
        (value) => expect.fail(`expected an error, got ${value}`),
        (error: unknown) => error,
    );
}

describe("the place of a fixed host", () => {
    it("is the subnet of its turn when it has no volume, or one in that zone", async () => {
        expect(place().zone).to.equal("eu-west-1a");
        expect(await unwrap(place().subnetId(undefined))).to.equal("subnet-0");
        expect(await unwrap(place().subnetId(volumeIn("eu-west-1a")))).to.equal("subnet-0");
    });

    it("is the first subnet of its volume's zone otherwise", async () => {
        expect(await unwrap(place().subnetId(volumeIn("eu-west-1b")))).to.equal("subnet-1");
    });

    it("is refused with host, zone and volume where the network has no subnet there", async () => {
        const error = await refusalOf(place().subnetId(volumeIn("eu-west-1c")));
        expect(pulumi.RunError.isInstance(error)).to.equal(true);
        expect((error as Error).message).to.match(
            /^host dev-host-1 has to be in eu-west-1c, where its docker volume vol-0abc is, and the network has no subnet there: its subnets are in eu-west-1a, eu-west-1b\n/,
        );
    });

    it("is refused where the volume's zone does not offer the instance type", async () => {
        const error = await refusalOf(place(["eu-west-1a"]).subnetId(volumeIn("eu-west-1b")));
        expect((error as Error).message).to.contain(
            "where its docker volume vol-0abc is, and that zone does not offer t3.small",
        );
    });
});
