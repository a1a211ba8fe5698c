import { chosenImage } from "../../../helpers/fakes";

/** Settings with a lock, and a remark that must stay. */
export const settingsWith = (lock: typeof chosenImage, filter?: string): string =>
    `config:\n  aws:region: ${lock.region}\n  sles-ecs:hostImage:\n` +
    (filter === undefined ? "" : `    filter: ${filter}\n`) +
    `    # The team's.\n    lock:\n      id: ${lock.id}\n      name: ${lock.name}\n      date: "${lock.date}"\n      region: ${lock.region}\n`;

/** An image of the same series as `chosenImage`. */
export const newer = {
    ...chosenImage,
    id: "ami-00000000000000922",
    name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    date: "20260922",
};
