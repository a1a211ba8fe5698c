export { localCloudEnvironment } from "./cloud/life/localCloudEnvironment";
export type { LocalCloudInfo } from "./cloud/life/localCloudInfo";
export { localCloudStatus } from "./cloud/life/localCloudStatus";
export { resetLocalCloud } from "./cloud/life/resetLocalCloud";
export { startLocalCloud } from "./cloud/life/startLocalCloud";
export type { StartLocalCloudOptions } from "./cloud/life/startLocalCloud";
export { stopLocalCloud } from "./cloud/life/stopLocalCloud";
