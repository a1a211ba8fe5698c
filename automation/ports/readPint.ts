import type { PintRecord } from "../../components/model/images/pintRecord";

/**
 * Reads what pint, SUSE's register of its public cloud images, says of the images of a region.
 * @throws AppError when it does not answer; whoever asks goes on with what EC2 says then
 */
export type ReadPint = (region: string) => Promise<readonly PintRecord[]>;
