export type { Evidence, EvidenceItem, ReadyReport } from "./actions/contracts";
export type { DestroyResult } from "./actions/destroy";
export type { ListedEnvironment, ListResult } from "./actions/list";
export type { ChangesResult } from "./actions/preview";
export type { EnvironmentStatus, StatusHost } from "./actions/status";
export type { UpResult } from "./actions/up";
export type { WaitResult } from "./actions/wait";
export {
    openEnvironments,
    type Environments,
    type EnvironmentsOptions,
    type UpOptions,
} from "./environments";
export { errorCatalogue, type ErrorCode } from "./errors/errorCatalogue";
export { AppError } from "./errors/appError";
export { exitCodes } from "./errors/exitCodes";
export type { ClusterStatus, ContainerInstance, Host, Service } from "./ports/aws";
export type {
    ChangeSummary,
    DiagnosticEvent,
    Outputs,
    ResourceEvent,
    ResourceOperation,
} from "./ports/engine";
export type { Progress } from "./ports/progress";
