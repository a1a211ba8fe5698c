import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

const role = { mode: "create", ssm: true };

interface Listed {
    readonly hosts: readonly { readonly ready: boolean; readonly ssm: string; readonly instanceId: string }[];
}

/** SUSE's guide, section 4, "Additional Considerations": a host without a route to Amazon S3, and how it joins after all. */
describe("hosts that did not join, and do once the cause is gone", () => {
    let place: Workplace;
    let ec2: EC2;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
    });
    after(() => place.stop());

    async function listed(environment: string): Promise<Listed["hosts"]> {
        const answer = await place.slesEcs(["hosts", "list", environment, "--output", "json"]);
        expectExit(answer, 0);
        return (JSON.parse(answer.stdout) as Listed).hosts;
    }

    /** A network of its own, with a route to the internet. Gives what takes that route away, and brings it back. */
    async function makeNetwork() {
        const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
        const VpcId = Vpc?.VpcId ?? "";
        const { Subnet } = await ec2.createSubnet({
            VpcId,
            CidrBlock: "10.9.0.0/24",
            AvailabilityZone: "us-east-1a",
        });
        const SubnetId = Subnet?.SubnetId ?? "";
        await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
        const { InternetGateway } = await ec2.createInternetGateway({});
        const GatewayId = InternetGateway?.InternetGatewayId ?? "";
        await ec2.attachInternetGateway({ VpcId, InternetGatewayId: GatewayId });
        const byVpc = [{ Name: "vpc-id", Values: [VpcId] }];
        const { RouteTables } = await ec2.describeRouteTables({ Filters: byVpc });
        const { SecurityGroups } = await ec2.describeSecurityGroups({ Filters: byVpc });
        const route = {
            RouteTableId: RouteTables?.[0]?.RouteTableId ?? "",
            DestinationCidrBlock: "0.0.0.0/0",
        };
        return {
            settings: {
                mode: "existing",
                subnetIds: [SubnetId],
                securityGroupIds: [SecurityGroups?.[0]?.GroupId ?? ""],
            },
            open: () => ec2.createRoute({ ...route, GatewayId }),
            close: () => ec2.deleteRoute(route),
        };
    }

    it("no route: up refuses, or ends with exit code 5 and names it; with the route hosts start-agent ends with all joined", async () => {
        const network = await makeNetwork();
        await place.writeSettings("closed", {
            hosts: { count: 1 },
            network: network.settings,
            instanceRole: role,
        });
        const refused = await place.slesEcs(["up", "closed", "--yes"]);
        expect(refused.exitCode).to.not.equal(0);
        expect(refused.stderr).to.contain("NO_ROUTE_TO_S3");

        // The way is there while it is checked, and gone when the host boots.
        await network.open();
        await place.tune({ bootSeconds: 6, downloadWaitSeconds: 0.2 });
        let closing: Promise<unknown> | undefined;
        const late = await place.slesEcs(["up", "closed", "--yes", "--timeout", "12s"], {
            onOutput: (output) => {
                if (output.includes("waiting for hosts")) {
                    closing ??= network.close();
                }
            },
        });
        await closing;
        expectExit(late, 5);
        expect(late.stderr).to.contain("NOT_READY").and.to.contain("(NO_ROUTE): ");
        expect((await listed("closed")).map(({ ready, ssm }) => [ready, ssm])).to.deep.equal([
            [false, "none"],
        ]);

        await network.open();
        const joined = await place.slesEcs(["hosts", "start-agent", "closed", "1", "--yes"]);
        expectExit(joined, 0);
        const [host, ...more] = await listed("closed");
        expect(more).to.deep.equal([]);
        expect(host).to.include({ ready: true, ssm: "online" });
        expectExit(await place.slesEcs(["destroy", "closed", "--yes"]), 0);
    });

    /** Has the only host with a volume boot without it, and wait for it in vain. Gives what attaches the volume again. */
    async function bootWithoutVolume(): Promise<() => Promise<unknown>> {
        const { Volumes = [] } = await ec2.describeVolumes({});
        const [attachment] = Volumes.flatMap(({ Attachments = [] }) => Attachments).filter(
            ({ Device }) => Device === "/dev/sdf",
        );
        const { VolumeId, InstanceId = "", Device } = attachment ?? {};
        await place.tune({ volumeWaitSeconds: 0.05 });
        await ec2.detachVolume({ VolumeId, InstanceId, Device });
        await ec2.rebootInstances({ InstanceIds: [InstanceId] });
        for (let console = ""; !console.includes("step=storage result=failed");) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            const { Output = "" } = await ec2.getConsoleOutput({ InstanceId });
            console = Buffer.from(Output, "base64").toString("utf8");
        }
        return () => ec2.attachVolume({ VolumeId, InstanceId, Device });
    }

    for (const [what, instanceRole, way] of [
        ["through Systems Manager", role, "by SSM"],
        ["by a reboot where that does not reach the host", undefined, "by a reboot"],
    ] as const) {
        it(`a volume that came too late at a boot: hosts start-agent lets the host join ${what}`, async () => {
            await place.tune({ bootSeconds: 0.1, volumeWaitSeconds: 10 });
            await place.writeSettings("late", {
                hosts: { count: 1 },
                dockerStorage: { mode: "volume", sizeGiB: 20 },
                ...(instanceRole === undefined ? {} : { instanceRole }),
            });
            expectExit(await place.slesEcs(["up", "late", "--yes"]), 0);
            const attach = await bootWithoutVolume();
            expectExit(await place.slesEcs(["wait", "late", "--timeout", "2s"]), 5);
            await attach();
            const joined = await place.slesEcs(["hosts", "start-agent", "late", "1"]);
            expectExit(joined, 0);
            expect(joined.stdout).to.contain("1 host joined cluster late").and.to.contain(way);
            expectExit(await place.slesEcs(["up", "late", "--yes", "--timeout", "5s"]), 0);
            expectExit(await place.slesEcs(["destroy", "late", "--yes"]), 0);
        });
    }

    it("drains, activates and reboots a host, and waits until it is ready", async () => {
        await place.tune({ bootSeconds: 0.1, volumeWaitSeconds: 10 });
        await place.writeSettings("dev", { hosts: { count: 2 } });
        expectExit(await place.slesEcs(["up", "dev", "--yes"]), 0);
        expectExit(await place.slesEcs(["hosts", "drain", "dev", "1"]), 0);
        expect((await listed("dev")).map(({ ready }) => ready)).to.deep.equal([false, true]);
        expectExit(await place.slesEcs(["hosts", "activate", "dev", "1"]), 0);
        expectExit(await place.slesEcs(["hosts", "reboot", "dev", "1"]), 0);
        expect((await listed("dev")).map(({ ready }) => ready)).to.deep.equal([true, true]);
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
    });
});
