import { gunzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as sles from "../../components";
import { noise } from "../helpers/noise";
import { Recorder, type MockAws } from "../helpers/pulumiMocks";
import { build, unwrap } from "./environment";

const instanceType = "aws:ec2/instance:Instance";

type Made = Partial<sles.FixedHostsArgs>;
type Asked = Pick<sles.FindHostImageArgs, "hosts" | "hostImage">;

/** Makes everything that hosts need part by part, called as the whole calls it. */
async function makeParts(changes: Made = {}, asked: Asked = {}, aws: Partial<MockAws> = {}) {
    const recorder = await Recorder.start(aws);
    const dev = await sles.createEnvironment("sles-ecs");
    const cluster = new sles.EcsCluster("sles-ecs-cluster", { ...dev });
    const role = new sles.InstanceRole("sles-ecs-instance-role", { ...dev, clusterArn: cluster.clusterArn });
    const found = await sles.findNetwork(dev);
    const network = new sles.Network("sles-ecs-network", { ...dev, network: found });
    const hosts = new sles.FixedHosts("sles-ecs-hosts", {
        ...dev,
        hostImage: await sles.findHostImage({ ...dev, ...asked }),
        clusterName: cluster.clusterName,
        instanceProfileName: role.instanceProfileName,
        subnets: network.subnets,
        securityGroupIds: network.securityGroupIds,
        prerequisites: [...role.permissions, ...network.routes],
        ...changes,
    });
    await Promise.all(hosts.instanceIds.map(unwrap));
    await pulumi.runtime.disconnect();
    return recorder;
}

/** What they are refused with. */
function refusalOf(...given: Parameters<typeof makeParts>): Promise<string> {
    return makeParts(...given).then(
        () => "nothing",
        (error: unknown) => {
            expect(pulumi.RunError.isInstance(error)).to.equal(true);
            return (error as Error).message;
        },
    );
}

describe("parts that are used alone", () => {
    it("make with every default what the whole makes", async () => {
        const inputsOf = ({ resources }: Recorder) =>
            resources
                .filter(({ type }) => type.startsWith("aws:"))
                .map(({ type, name, inputs, dependsOn }) => ({ type, name, inputs, dependsOn }))
                .sort((a, b) => (a.type + a.name < b.type + b.name ? -1 : 1));
        const { recorder } = await build({});
        expect(inputsOf(await makeParts())).to.deep.equal(inputsOf(recorder));
    });

    it("wait with a host for all of a component that is a prerequisite", async () => {
        const recorder = await Recorder.start();
        const dev = await sles.createEnvironment("web");
        const role = new sles.InstanceRole("role", { ...dev, clusterArn: "arn:aws:ecs:x:y:cluster/dev" });
        new sles.FixedHosts("hosts", {
            ...dev,
            hostImage: await sles.findHostImage(dev),
            clusterName: "dev",
            instanceProfileName: "some-profile",
            subnets: [{ id: "subnet-1", zone: "eu-west-1a" }],
            securityGroupIds: [],
            prerequisites: [role],
        });
        await pulumi.runtime.disconnect();
        expect(recorder.only(instanceType).dependsOn).to.include.members(["role-policy", "role-profile"]);
    });

    it("take outputs where resources get them, and leave them what they are", async () => {
        const recorder = await makeParts(
            {
                hosts: { keyName: pulumi.output("some-key") },
                dockerStorage: { mode: "volume", kmsKeyId: pulumi.output("arn:aws:kms:of-a-program") },
            },
            {},
            { keyPairs: ["some-key"] },
        );
        expect(recorder.only(instanceType).inputs["keyName"]).to.equal("some-key");
        const volume = recorder.only("aws:ebs/volume:Volume");
        expect(volume.inputs).to.include({ kmsKeyId: "arn:aws:kms:of-a-program", size: 100, type: "gp3" });
    });

    it("take none where user data is made of it", async () => {
        const agent = { pauseLabels: pulumi.output({ note: "later" }) } as unknown as sles.AgentSettings;
        expect(await refusalOf({ agent })).to.equal(
            "the settings of dev cannot be used:\n  agent.pauseLabels: got an output, expected a plain value",
        );
    });

    it("are refused with every problem at once, in the words of the settings", async () => {
        const wrong = await refusalOf({
            hosts: { count: -1, instanceType: "t4g.small" },
            dockerStorage: { mode: "driver", driver: "devicemapper" },
        });
        expect(wrong.split("\n  ")).to.deep.equal([
            "the settings of dev cannot be used:",
            "hosts.count: got -1, expected a whole number from 0 to 5000",
            "dockerStorage.driver: docker has no storage driver devicemapper since version 25, and images of SLES 15 have docker 28 or later (set dockerStorage.driver to overlay2 or btrfs)",
        ]);
        expect(await refusalOf({ hosts: { instanceType: "t4g.small" } })).to.contain(
            "hosts.instanceType: t4g.small is an arm64 type, and the host image is for x86_64",
        );
    });

    it("have no place for a host whose subnets are in no zone that offers its type", async () => {
        expect(await refusalOf({ offeredZones: new Set(["eu-west-1d"]) })).to.contain(
            "host dev-host-1 has no place: got subnets in eu-west-1a, eu-west-1b, eu-west-1c, expected one in a zone that offers t3.small",
        );
    });

    it("compress user data that a longer name of the cluster would make too large, and never lose it", async () => {
        const userDataWith = async (letters: number) => {
            const recorder = await makeParts({ agent: { pauseLabels: { note: noise(letters) } } });
            return recorder.only(instanceType).inputs;
        };
        const bare = (await userDataWith(1))["userData"] as string;
        const room = 16_384 - Buffer.byteLength(bare);
        // With "dev" it fits, and a name may have 252 letters more.
        const { userData, userDataBase64 } = await userDataWith(room - 100);
        expect(userData).to.equal(undefined);
        const text = gunzipSync(Buffer.from(userDataBase64 as string, "base64")).toString();
        expect(Buffer.byteLength(text)).to.be.at.most(16_384);
        expect(text).to.contain("CLUSTER=dev\n");
    });
});

describe("hosts of one environment", () => {
    const make = async (kind: "FixedHosts" | "AutoScalingHosts", advised: boolean): Promise<string> => {
        await Recorder.start();
        const web = await sles.createEnvironment("web", { environment: "web" });
        const args = {
            hostImage: await sles.findHostImage(web),
            clusterName: "web",
            instanceProfileName: "some-profile",
            subnets: [{ id: "subnet-1", zone: "eu-west-1a" }],
            securityGroupIds: [],
        };
        new sles[kind]("web-hosts", { ...web, ...args });
        const other = advised
            ? await sles.createEnvironment("web-more", { environment: "web-web-more" })
            : { ...web, environment: "web-web-more" };
        try {
            new sles[kind]("web-more", { ...other, ...args });
            return "nothing";
        } catch (error) {
            return (error as Error).message;
        } finally {
            await pulumi.runtime.disconnect();
        }
    };

    for (const kind of ["FixedHosts", "AutoScalingHosts"] as const) {
        it(`are refused as a second ${kind}, also under another name, as they would have the same tags`, async () => {
            expect(await make(kind, false)).to.equal(
                `web-hosts and web-more of this program are both the ${kind} of the environment web, expected an environment for each\n  make another one for web-more: await createEnvironment("web-more", { environment: "web-web-more" })`,
            );
        });

        it(`are made as ${kind} of another environment, as is advised`, async () => {
            expect(await make(kind, true)).to.equal("nothing");
        });
    }
});

describe("the look-ups of parts", () => {
    const ask = async <T>(
        aws: Partial<MockAws>,
        question: (dev: sles.EnvironmentArgs) => Promise<T>,
    ): Promise<{ readonly answer: T | string; readonly recorder: Recorder }> => {
        const recorder = await Recorder.start(aws);
        const dev = await sles.createEnvironment("web");
        const answer = await question(dev).catch((error: unknown) => (error as Error).message);
        await pulumi.runtime.disconnect();
        return { answer, recorder };
    };

    it("refuse an image that there is not with the code of every door", async () => {
        const filter = "suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64";
        const { answer } = await ask({}, (dev) => sles.findHostImage({ ...dev, hostImage: { filter } }));
        expect(answer).to.match(/^hostImage\.filter: no image in eu-west-1 .*\[IMAGE_NOT_FOUND\]/);
    });

    it("refuse an account without a default VPC, and plan the zones of one that is to be made", async () => {
        const { answer } = await ask({ defaultVpcId: undefined }, (dev) => sles.findNetwork(dev));
        expect(answer).to.contain("[NO_DEFAULT_VPC]");
        const planned = await ask({}, (dev) =>
            sles.findNetwork({ ...dev, network: { mode: "create", zones: 2 } }),
        );
        expect(planned.answer).to.deep.include({ mode: "create", zoneNames: ["eu-west-1a", "eu-west-1b"] });
    });

    it("find where hosts run, by the ids of subnets where they are known and else by their zones", async () => {
        const aws = { runningHosts: { 2: { subnetId: "subnet-0000000a", zone: "eu-west-1a" } } };
        const subnets = [
            { id: "subnet-0000000b", zone: "eu-west-1b" },
            { id: pulumi.output("subnet-0000000a"), zone: "eu-west-1a" },
        ];
        const { answer } = await ask(aws, (dev) =>
            sles.findHostPlaces({ ...dev, subnets, hosts: { count: 2 } }),
        );
        expect(answer).to.deep.equal({
            offeredZones: new Set(["eu-west-1a", "eu-west-1b"]),
            keptSubnets: new Map([[2, 1]]),
            keptVolumes: new Map(),
        });
    });

    it("refuse an instance type that no zone of the subnets offers", async () => {
        const { answer } = await ask({ offeredZones: ["eu-west-1c"] }, (dev) =>
            sles.findHostPlaces({ ...dev, subnets: [{ id: "subnet-0000000a", zone: "eu-west-1a" }] }),
        );
        expect(answer).to.contain("[INSTANCE_TYPE_NOT_OFFERED]");
    });
});
