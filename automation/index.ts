export type { ReadyReport } from "./hosts/wait";
export type { Evidence, EvidenceItem, EvidenceStep, Unseen, Verdict } from "../components/model/evidence";
export type { DestroyResult } from "./teardown/evidence";
export type { ListedEnvironment, ListResult } from "./verbs/list/list";
export type { PreviewResult as ChangesResult } from "./verbs/preview/preview";
export type { CostResult } from "./verbs/cost/cost";
export type { DestroyedOne } from "./verbs/destroy/all";
export type { CheckedEvidence } from "./verbs/evidence/check/check";
export type { Diagnosed } from "./verbs/doctor/diagnosed";
export type { DoctorResult } from "./verbs/doctor/doctor";
export type { EnvironmentStatus, StatusHost } from "./verbs/status/status";
export type { NetworkRequirements } from "./verbs/network/requirements/requirements";
export type { ShownNetwork } from "./verbs/network/show/show";
export type { ListedOwner, OrphansResult } from "./verbs/orphans/orphans";
export type { RemovedOrphans } from "./verbs/orphans/remove";
export type { ContainerVerbs, PushOptions } from "./verbs/containers/forPrograms";
export type { GroupVerbs } from "./verbs/groups/forPrograms";
export type { HostOptions, HostVerbs } from "./verbs/hosts/forPrograms";
export type { ServiceOptions, ServiceVerbs } from "./verbs/service/forPrograms";
export type { UpOptions } from "./verbs/up/forPrograms";
export type { UpResult } from "./applying/request";
export type { WaitResult } from "./verbs/wait/wait";
export { openEnvironments, type Environments, type EnvironmentsOptions } from "./environments";
export { errorCatalogue, type ErrorCode } from "./errors/errorCatalogue";
export { AppError } from "./errors/appError";
export { renderLine, type CommandLine, type Line } from "../components/model/commandLine";
export { exitCodes } from "./errors/exitCodes";
export type { ClusterStatus, ContainerInstance, Host, Service } from "./ports/aws";
export type {
    ChangeSummary,
    DiagnosticEvent,
    Outputs,
    ResourceEvent,
    ResourceOperation,
} from "./ports/engine";
export type { Progress } from "./ports/io";
