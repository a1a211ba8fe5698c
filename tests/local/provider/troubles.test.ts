import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { startWorld, type World } from "./support/world";

/**
 * What happens to calls on their way to AWS. The official provider's SDK tries as often (local/provider/aws/clients.ts says by
 * which source); that it gets over each of these lost answers has not been tried.
 */
describe("the local provider, where calls fail or their answers get lost", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    const addFault = async (fault: object): Promise<void> => {
        const request = { method: "POST", body: JSON.stringify({ service: "ec2", ...fault }) };
        const response = await fetch(`${world.endpoint}/_local/faults`, request);
        expect(response.status).to.equal(200);
    };

    it("makes a network, and leaves nothing of it", async () => {
        const stack = await world.stack("troubles", () => {
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.9.0.0/16" });
            const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: vpc.id });
            const table = new aws.ec2.RouteTable("table", { vpcId: vpc.id });
            const place = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
            new aws.ec2.Route("route", { ...place, gatewayId: gateway.id });
            const serviceName = "com.amazonaws.us-east-1.s3";
            new aws.ec2.VpcEndpoint("s3", { vpcId: vpc.id, serviceName, routeTableIds: [table.id] });
            return Promise.resolve();
        });
        await addFault({ action: "AttachInternetGateway", answerOnly: true });
        await addFault({ action: "CreateRoute", answerOnly: true });
        await stack.up();

        await addFault({ action: "DeleteVpcEndpoints", answerOnly: true });
        await addFault({ action: "DeleteRoute", answerOnly: true });
        await addFault({ action: "DetachInternetGateway", answerOnly: true });
        // One more than most clients try.
        await addFault({ action: "DeleteVpc", times: 6 });
        await stack.destroy();
        const { Vpcs: vpcs } = await world.aws.ec2.describeVpcs({
            Filters: [{ Name: "cidr", Values: ["10.9.0.0/16"] }],
        });
        expect(vpcs).to.deep.equal([]);
    });
});
