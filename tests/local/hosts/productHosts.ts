import { parseBootLog } from "../../../components/model/bootLog";
import { renderUserData } from "../../../components/model/userData";
import { consoleOf } from "../cloud/hostHelpers";
import type { TestCloud } from "../cloud/testCloud";

/** User data as the product makes it, for the cluster `dev` and SLES 15 unless told otherwise. */
export function productUserData(more: Partial<Parameters<typeof renderUserData>[0]> = {}): string {
    return renderUserData({ clusterName: "dev", generation: 15, storage: { mode: "imageStore" }, ...more });
}

/** What the boot log says, as the product reads it: one text a step, such as `hold ok`. */
export async function stepsOf(cloud: TestCloud, instanceId: string): Promise<string[]> {
    return parseBootLog(await consoleOf(cloud, instanceId)).map(({ step, result }) => `${step} ${result}`);
}
