export { localCloudEnvironment } from "./cloud/life/environment";
export { startLocalCloud } from "./cloud/life/start";
export type { StartLocalCloudOptions } from "./cloud/life/start";
export { localCloudStatus, resetLocalCloud, stopLocalCloud } from "./cloud/life/status";
export type { LocalCloudInfo } from "./cloud/life/status";
