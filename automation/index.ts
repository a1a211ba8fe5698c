export type { ReadyReport } from "./hosts/wait";
export type {
    Evidence,
    EvidenceItem,
    EvidenceStep,
    EvidenceVerb,
    Unseen,
    Verdict,
} from "../components/model/evidence";
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
export { openEnvironments } from "./environments/openEnvironments";
export type { Environments, PreviewOptions } from "./environments/environments";
export type { EnvironmentsOptions } from "./environments/libraryContext";
export type { ImageListOptions, ImageUpdateOptions, ImageVerbs } from "./verbs/images/forPrograms";
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
    ResourceFate,
    ResourceOperation,
} from "./ports/engine";
export type { Progress } from "./ports/io";
export type { CopyResult } from "./verbs/containers/copy/copy";
export type { InstallResult } from "./verbs/containers/install/install";
export type { ListResult as ContainersResult } from "./verbs/containers/list/list";
export type { PushResult } from "./verbs/containers/push/push";
export type { Workstation } from "./verbs/doctor/workstation";
export type { Explained } from "./verbs/explain/explain";
export type { ExtendResult } from "./verbs/extend/extend";
export type { GroupsResult } from "./verbs/groups/list/list";
export type { RemoveGroupResult } from "./verbs/groups/remove/remove";
export type { ActivateResult } from "./verbs/hosts/activate/activate";
export type { AttachResult } from "./verbs/hosts/attach/attach";
export type { DrainResult } from "./verbs/hosts/drain/drain";
export type { HostsResult } from "./verbs/hosts/list/list";
export type { LogResult } from "./verbs/hosts/logs/logs";
export type { MoveResult } from "./verbs/hosts/move/move";
export type { RebootResult } from "./verbs/hosts/reboot/reboot";
export type { ReplaceResult } from "./verbs/hosts/replace/replace";
export type { ScaleResult } from "./verbs/hosts/scale/scale";
export type { StartAgentResult } from "./verbs/hosts/startAgent/startAgent";
export type { ImageList } from "./verbs/images/list/list";
export type { LockImageResult } from "./verbs/images/lock/lock";
export type { OutdatedResult } from "./verbs/images/outdated/outdated";
export type { ImageDetails } from "./verbs/images/show/show";
export type { ImageUpdate } from "./verbs/images/update/update";
export type { KeepResult } from "./verbs/keep/keep";
export type { PauseResult } from "./verbs/pause/pause";
export type { Reaped } from "./verbs/reap/reap";
export type { ResumeResult } from "./verbs/resume/resume";
export type { DeployResult } from "./verbs/service/deploy/deploy";
export type { ServicesResult } from "./verbs/service/list/list";
export type { ServiceLogsResult } from "./verbs/service/logs/logs";
export type { RemoveServiceResult } from "./verbs/service/remove/remove";
export type { ScaleServiceResult } from "./verbs/service/scale/scale";
export type { RestoreResult } from "./verbs/state/restore/restore";
export type { UnlockResult } from "./verbs/unlock/unlock";
export type { ListedHost } from "./verbs/hosts/list/list";
export type { SettingsDoubt } from "./environment/reading";
export type * from "../components/model/settings/settings.generated";
