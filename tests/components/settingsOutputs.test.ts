import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SlesEcsCluster, type SettingsInputs } from "../../components";
import { Recorder, type MockAws } from "../helpers/pulumiMocks";
import { unwrap } from "./environment";

/** What a preview knows of a resource that does not exist yet. */
const unknown = (): pulumi.Output<string> => pulumi.output(pulumi.unknown as unknown as string);

/** How the engine is told of it. */
const toCome = pulumi.unknown;

const subnet = { id: "subnet-11111111", zone: "eu-west-1a", vpcId: "vpc-a", isDefault: false };
const aws: Partial<MockAws> = {
    subnets: [{ ...subnet, mapPublicIpOnLaunch: true }],
    securityGroups: [{ id: "sg-11111111", name: "hosts", vpcId: "vpc-a" }],
    routeTables: [{ id: "rtb-1", subnetIds: [], leadsThrough: ["igw-1"] }],
};

async function made(settings: SettingsInputs, isPreview = false) {
    const recorder = await Recorder.start(aws, "dev", isPreview);
    const cluster = new SlesEcsCluster("web", { settings });
    const error = await cluster.ready.then(
        () => undefined,
        (reason: unknown) => reason as Error,
    );
    await Promise.allSettled([unwrap(cluster.clusterName)]);
    await pulumi.runtime.disconnect();
    return { recorder, cluster, error };
}

describe("settings that are outputs", () => {
    it("are what they are once they are known, alone, in lists and as a list", async () => {
        const subnetIds = pulumi.output(["subnet-11111111"]);
        const securityGroupIds = [Promise.resolve("sg-11111111")];
        const { recorder, error } = await made({
            hosts: { keyName: undefined },
            network: { mode: "existing", subnetIds, securityGroupIds },
            tags: { team: pulumi.output("web") },
        });
        expect(error).to.equal(undefined);
        const { inputs } = recorder.only("aws:ec2/instance:Instance");
        expect(inputs).to.deep.include({
            subnetId: "subnet-11111111",
            vpcSecurityGroupIds: ["sg-11111111"],
        });
        expect(inputs["tags"]).to.include({ team: "web" });
        expect(recorder.warnings.join()).to.not.contain("not known");
    });

    it("are unknown in what they would be told to, where a preview does not know them", async () => {
        const { recorder, error } = await made(
            {
                hosts: { keyName: unknown() },
                dockerStorage: { mode: "volume", kmsKeyId: unknown() },
                network: { mode: "existing", subnetIds: [unknown()], securityGroupIds: [unknown()] },
                instanceRole: { mode: "existing", instanceProfileName: unknown() },
                proxy: { address: unknown() },
                tags: { team: unknown(), known: "yes" },
            },
            true,
        );
        expect(error).to.equal(undefined);
        const { inputs } = recorder.only("aws:ec2/instance:Instance");
        expect(inputs["tags"]).to.include({ known: "yes", team: toCome });
        for (const key of ["keyName", "subnetId", "userData", "iamInstanceProfile"]) {
            expect(inputs[key], key).to.equal(toCome);
        }
        const volume = recorder.only("aws:ebs/volume:Volume").inputs;
        expect([volume["kmsKeyId"], volume["availabilityZone"]]).to.deep.equal([toCome, toCome]);
        expect(recorder.warnings).to.include.members([
            "not known before the update: hosts.keyName, dockerStorage.kmsKeyId, network.subnetIds[0], network.securityGroupIds[0], instanceRole.instanceProfileName, proxy.address, tags.team. What AWS says to that is asked then",
        ]);
    });

    it("are looked at beside what a preview does not know", async () => {
        const subnetIds = ["subnet-11111111", "subnet-22222222", unknown()];
        const { recorder, error } = await made({
            network: { mode: "existing", subnetIds, securityGroupIds: ["sg-11111111"] },
        });
        expect(error?.message).to.equal(
            "network.subnetIds[1]: there is no subnet subnet-22222222 in the region; nothing has been changed [SUBNET_NOT_FOUND]",
        );
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("are refused with the words for plain ones, and a secret among them is not shown", async () => {
        const { recorder, error } = await made({
            proxy: { address: pulumi.secret("nobody:knows@proxy:3128") },
            tags: { team: pulumi.output("aws:web") },
        });
        expect(pulumi.RunError.isInstance(error)).to.equal(true);
        expect(error?.message).to.match(
            /^the settings of dev cannot be used:\n {2}proxy\.address: got .*\n {2}tags\.team: /,
        );
        expect(error?.message).to.not.contain("knows");
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("have to be known where they decide which resources there are", async () => {
        const count = unknown() as unknown as number;
        const { error } = await made({ hosts: { mode: "fixed", count } }, true);
        expect(error?.message).to.contain("hosts.count: got an output that is not known before the update");
    });
});
