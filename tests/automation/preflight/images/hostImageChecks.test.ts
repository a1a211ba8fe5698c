import { expect } from "chai";
import { renderLine } from "../../../../components/model/commandLine";
import type { AppError } from "../../../../automation/errors/appError";
import { instance } from "../../../helpers/awsObjects";
import { preflight } from "../../../helpers/preflightCase";

const machineImage = (id: string, version: string, date: string) => ({
    id: `ami-0000000000000${id}`,
    name: `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`,
    ownerAlias: "amazon",
    rootVolumeGiB: 10,
});
const march = machineImage("0310", "15-sp7", "20260310");
const september = machineImage("0922", "15-sp7", "20260922");
const sles16 = machineImage("1600", "16-0", "20260703");
const images = [march, september, sles16];
const lockOn = ({ id, name }: typeof march, date: string) => ({ id, name, date, region: "eu-central-1" });
const marchLock = lockOn(march, "20260310");

const on = (...used: readonly (typeof march)[]) => ({
    instances: used.map(({ id, name }, index) => instance(index + 1, { imageId: id, imageName: name })),
});

describe("the checks before the start", () => {
    it("refuse a locked image that is gone together with everything else", async () => {
        const { result } = await preflight({
            settings: { hostImage: { lock: marchLock }, hosts: { keyName: "home" } },
        });
        expect(
            (result as AppError).details.map((line) => /\[(\w+)\]$/.exec(renderLine(line))?.[1]),
        ).to.deep.equal(["IMAGE_RETIRED", "KEY_PAIR_NOT_FOUND"]);
    });

    it("propose to lock what the hosts run", async () => {
        const { result } = await preflight({ stackIsEmpty: false, aws: { images, ...on(march) } });
        expect(result).to.deep.include({ hostImage: marchLock });
    });

    it("say how the hosts move on, and how an environment without any", async () => {
        for (const [stackIsEmpty, next] of [
            [false, "sles-ecs images update alice"],
            [true, "sles-ecs images lock alice --newest"],
        ] as const) {
            const { result } = await preflight({
                settings: { hostImage: { lock: marchLock } },
                stackIsEmpty,
            });
            expect(renderLine((result as AppError).hint ?? "")).to.equal(next);
        }
    });

    it("measure the root volume by the locked image", async () => {
        const { result } = await preflight({
            settings: { hostImage: { lock: marchLock }, hosts: { rootVolumeGiB: 10 } },
            aws: { images: [{ ...march, rootVolumeGiB: 12 }, september] },
        });
        expect((result as AppError).message).to.match(/got 10, expected at least 12, the size of .*0310/);
    });
});
