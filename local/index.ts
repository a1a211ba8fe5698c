export { localCloudEnvironment, stateFolder } from "./cloud/life/environment";
export { startLocalCloud } from "./cloud/life/start";
export type { StartLocalCloudOptions } from "./cloud/life/start";
export {
    absenceOfEngine,
    isLocalCloudKept,
    localCloudStatus,
    resetLocalCloud,
    stopLocalCloud,
} from "./cloud/life/status";
export type { LocalCloudInfo } from "./cloud/life/status";
