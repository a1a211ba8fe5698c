import type { CommandLine } from "../../../../components/model/commandLine";
import { wordNextStep } from "../../../../automation/errors/wordNextStep";
import { findHostImage, type HostImageQuestion } from "../../../../automation/preflight/preflight";
import type { HostImageAnswer } from "../../../../components/model/checks/hostImage";
import type { MachineImage } from "../../../../components/model/checks/reads";
import type { Pint } from "../../../../automation/ports/pint";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import { parseSettings } from "../../../../components/model/settings";
import { instance } from "../../../helpers/awsObjects";
import { createFakeAws, owner, type FakeAws, type FakeAwsState } from "../../../helpers/fakeAws";
import { pintListing } from "../../../helpers/fakePint";
import { said } from "../../../helpers/said";
import { fakeClock } from "../../../helpers/io";

export const machineImage = (id: string, version: string, date: string): MachineImage => ({
    id: `ami-0000000000000${id}`,
    name: `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`,
    ownerAlias: "amazon",
    rootVolumeGiB: 10,
});
export const march = machineImage("0310", "15-sp7", "20260310");
export const september = machineImage("0922", "15-sp7", "20260922");
export const sles16 = machineImage("1600", "16-0", "20260703");
export const images = [march, september, sles16];
export const lockOn = ({ id, name }: MachineImage, date: string): ImageLock => ({
    id,
    name,
    date,
    region: "eu-central-1",
});
export const marchLock = lockOn(march, "20260310");

interface Found {
    /** With next steps in the words of the command line. */
    readonly answer: HostImageAnswer;
    /** As text, one for each. */
    readonly findings: readonly string[];
    /** Id of the image. */
    readonly image: string | undefined;
    readonly fake: FakeAws;
}

export interface Case {
    readonly hostImage?: object;
    readonly aws?: Partial<FakeAwsState>;
    readonly keepRunning?: boolean;
    /** @default true */
    readonly hasHosts?: boolean;
    readonly commandWithoutLock?: CommandLine;
    readonly pint?: Pint;
    /** In place of one made of `aws`. */
    readonly fake?: FakeAws;
}

/** Asks in the environment alice on 23 November 2026. */
export async function find({
    hostImage = {},
    aws = {},
    keepRunning = true,
    hasHosts = true,
    commandWithoutLock,
    pint,
    fake: given,
}: Case): Promise<Found> {
    const { settings, problems } = parseSettings({ hostImage }, "alice");
    if (settings === undefined) {
        throw new Error(JSON.stringify(problems));
    }
    const fake = given ?? createFakeAws({ images, ...aws });
    const question: HostImageQuestion = {
        ...owner,
        hostImage: settings.hostImage,
        keepRunning,
        hasHosts,
        commandWithoutLock,
    };
    const sources = {
        clock: fakeClock(),
        loadPint: () => Promise.resolve(pint ?? pintListing(fake.state.images)),
    };
    const found = await findHostImage(fake.aws, sources, question, "eu-central-1");
    const worded = found.findings.map((one) =>
        one.hint === undefined ? said(one) : { ...one, hint: wordNextStep(one.hint) },
    );
    const answer = { ...found, findings: worded };
    const findings = answer.findings.map(({ severity, code, path, message, details = [] }) =>
        [[severity, code, `${path}: ${message}`].join(" "), ...details].join("\n"),
    );
    return { answer, findings, image: answer.image?.id, fake };
}

export const on = (...used: readonly MachineImage[]): Partial<FakeAwsState> => ({
    instances: used.map(({ id, name }, index) => instance(index + 1, { imageId: id, imageName: name })),
});
