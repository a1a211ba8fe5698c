import { expect } from "chai";
import { emptyAccount, type MockAws } from "../helpers/pulumiMocks";
import { build, refused } from "./environment";

/** Images with ids as EC2 gives them; locks take no others. */
const march = {
    id: "ami-00000000000000310",
    name: "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64",
    rootDeviceName: "/dev/sda1",
};
const september = {
    ...march,
    id: "ami-00000000000000922",
    name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
};
const sles16 = { ...march, id: "ami-00000000000000016", name: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64" };
const images = [march, september, sles16];
const lock = { id: march.id, name: march.name, date: "20260310", region: "eu-west-1" };

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";

describe("the host image", () => {
    it("is the latest by the date in its name, among ECS images of the generation", async () => {
        const { outputs } = await build({ hostImage: { filter: "suse-sles-15-*ecs*" } });
        expect(outputs.hostImageId).to.equal("ami-new");
        const sles16 = await build({ hostImage: { filter: "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64" } });
        expect(sles16.outputs.hostImageId).to.equal("ami-16");
        const { inputs } = sles16.recorder.only("aws:ec2/instance:Instance");
        expect(inputs["userData"]).to.contain("ECS_AGENT_PID_NAMESPACE_HOST=true\n");
    });

    it("is refused with a way to find one when nothing matches", async () => {
        const { recorder, error } = await refused({
            hostImage: { filter: "suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64" },
        });
        expect((error as Error).message.split("\n  ")).to.deep.equal([
            "hostImage.filter: no image in eu-west-1 is named like suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64; nothing has been changed [IMAGE_NOT_FOUND]",
            "there is no ECS image of SLES 12 at all",
            "there are SLES 16.0 (2026-07-03), SLES 15 SP7 (2026-09-22)",
            "the nearest of them: hostImage.filter suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
            "sles-ecs images list --region eu-west-1 --filter name~ecs",
        ]);
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("is refused with the reason when what matches is something else", async () => {
        const images = [
            {
                id: "ami-1",
                name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64-copy",
                rootDeviceName: "/dev/sda1",
            },
        ];
        const { error } = await refused({ hostImage: { filter: "suse-sles-15-sp7-v*-ecs-*" } }, { images });
        expect((error as Error).message).to.contain("-copy (ami-1): unexpected ending: copy");
    });

    it("is refused when it is for another architecture than the instance type", async () => {
        const images = [
            {
                id: "ami-1",
                name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-arm64",
                rootDeviceName: "/dev/sda1",
            },
        ];
        const { error } = await refused(
            { hostImage: { filter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-*" } },
            { ...emptyAccount, images },
        );
        expect((error as Error).message).to.contain("is for arm64, and t3.small is an x86_64 type");
    });
});

describe("an environment whose host image is locked", () => {
    it("stays on it, fixed hosts as well as a group's, whatever newer image there is", async () => {
        const fixed = await build({ hostImage: { lock } }, { images });
        expect(fixed.recorder.only(instance).inputs["ami"]).to.equal(march.id);
        expect(fixed.outputs).to.include({ hostImageId: march.id, hostImageName: march.name });
        expect(fixed.recorder.warnings).to.deep.equal([]);
        const group = await build({ hostImage: { lock }, hosts: { mode: "autoScaling" } }, { images });
        expect(group.recorder.only(template).inputs["imageId"]).to.equal(march.id);
    });

    it("does not ask which hosts there are, where they have no subnet of their own to stay in", async () => {
        const hosts = { mode: "autoScaling" } as const;
        const { recorder } = await build({ hostImage: { lock }, hosts }, { images });
        expect(recorder.calls).to.not.include("aws:ec2/getInstances:getInstances");
    });

    const contradictions: readonly (readonly [string, Partial<MockAws>, string, string?])[] = [
        [
            "in another region",
            { images, region: "us-east-1" },
            "is locked in eu-west-1, and this is us-east-1: an image has another id in each region",
        ],
        [
            "whose id is another image's",
            { images: [{ ...september, id: march.id }] },
            `is not what the lock says: ${march.id} is ${september.name}`,
        ],
        [
            "whose image is the account's own",
            { images: [{ ...march, ownerAlias: "self" }] },
            `is not SUSE's own: ${march.id} belongs to some account, expected amazon`,
        ],
        [
            "whose id is mistyped",
            { images: [{ ...march, id: "ami-0e730000000000000" }] },
            `is not what the lock says: ${march.id} is no image of eu-west-1, ${march.name} is ami-0e730000000000000 there`,
        ],
        [
            "whose image is gone",
            { images: [september] },
            "is gone: EC2 in eu-west-1 does not have it any more, so that no new host can start from it",
            "IMAGE_RETIRED",
        ],
    ];
    it("names no command where a program gives the settings, whether or not hosts run", async () => {
        for (const runningImages of [[march.id], []]) {
            const { error } = await refused({ hostImage: { lock } }, { images: [september], runningImages });
            expect((error as Error).message.split("\n  ")[1]).to.equal(
                "set hostImage.lock to the newest image in the program's settings",
            );
        }
    });

    for (const [what, aws, message, code = "IMAGE_LOCK_WRONG"] of contradictions) {
        it(`is refused before anything is made ${what}`, async () => {
            const { recorder, error } = await refused({ hostImage: { lock } }, aws);
            const [first, next] = (error as Error).message.split("\n  ");
            expect(first).to.equal(
                `hostImage.lock: the host image ${march.name} (${march.id}) ${message}; nothing has been changed [${code}]`,
            );
            expect(next).to.match(/^set hostImage\.lock to the newest image in the program's settings/);
            expect(recorder.inventory()).to.deep.equal([]);
        });
    }

    it("stays on an image that is gone where the settings say so, with a warning", async () => {
        const { recorder } = await build(
            { hostImage: { lock, onDeletion: "warn" } },
            { images: [september] },
        );
        expect(recorder.only(instance).inputs["ami"]).to.equal(march.id);
        expect(recorder.warnings).to.deep.equal([
            `hostImage.lock: the host image ${march.name} (${march.id}) is gone: EC2 in eu-west-1 does not have it any more, so that no new host can start from it (set hostImage.lock to the newest image in the program's settings)`,
        ]);
    });

    it("says so when EC2 has put an end to the image", async () => {
        const { recorder } = await build(
            { hostImage: { lock } },
            { images: [{ ...march, deprecatedAt: "2020-01-01T00:00:00.000Z" }] },
        );
        expect(recorder.warnings[0]).to.contain("has been deprecated by EC2 on 2020-01-01");
    });
});

describe("an environment whose host image is not locked", () => {
    it("takes the best image for its first hosts, and says how to lock it", async () => {
        const { recorder } = await build({}, { images });
        expect(recorder.only(instance).inputs["ami"]).to.equal(september.id);
        expect(recorder.warnings).to.deep.equal([
            `hostImage.lock: the host image is not locked: ${september.name} (${september.id}) of 2026-09-22 is the latest today (lock it: set hostImage.lock to it in the program's settings)`,
        ]);
    });

    it("stays on the image that its hosts run, fixed hosts as well as a group's", async () => {
        const running = { images, runningImages: [march.id] };
        const fixed = await build({ hosts: { mode: "fixed", count: 2 } }, running);
        expect(fixed.recorder.ofType(instance).map(({ inputs }) => inputs["ami"])).to.deep.equal([
            march.id,
            march.id,
        ]);
        expect(fixed.recorder.warnings).to.deep.equal([
            `hostImage.lock: the host image is not locked: the hosts stay on ${march.name} (${march.id}) only as long as hostImage.filter matches it (lock it: set hostImage.lock to it in the program's settings)`,
        ]);
        const group = await build({ hosts: { mode: "autoScaling" } }, running);
        expect(group.recorder.only(template).inputs["imageId"]).to.equal(march.id);
    });

    it("stays on it when EC2 hides it from lists, and starts no new hosts from such an image", async () => {
        const hidden = { ...march, deprecatedAt: "2020-01-01T00:00:00.000Z" };
        const running = await build({}, { images: [hidden, september], runningImages: [march.id] });
        expect(running.outputs.hostImageId).to.equal(march.id);
        const { error } = await refused({}, { images: [hidden] });
        expect((error as Error).message).to.contain(
            `${march.name} (${march.id}): deprecated by EC2 on 2020-01-01`,
        );
    });

    it("starts hosts from a hidden image that the filter names", async () => {
        const hidden = { ...march, deprecatedAt: "2020-01-01T00:00:00.000Z" };
        const { outputs } = await build(
            { hostImage: { filter: march.name } },
            { images: [hidden, september] },
        );
        expect(outputs.hostImageId).to.equal(march.id);
    });

    it("moves when the filter excludes what its hosts run", async () => {
        const { outputs } = await build(
            { hostImage: { filter: "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64" } },
            { images, runningImages: [march.id] },
        );
        expect(outputs.hostImageId).to.equal(sles16.id);
    });

    it("ends on the newer image when a change of image stopped half-way", async () => {
        const { outputs } = await build({}, { images, runningImages: [march.id, september.id] });
        expect(outputs.hostImageId).to.equal(september.id);
    });
});
