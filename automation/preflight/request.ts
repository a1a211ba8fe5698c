import type { CommandLine } from "../../components/model/commandLine";
import type { ResolvedSettings } from "../../components/model/settings";

/** What is checked, and for whom. */
export interface PreflightRequest {
    readonly environment: string;
    /** `<organization>/<project>/<stack>`, the value of the ownership tag. */
    readonly stack: string;
    readonly settings: ResolvedSettings;
    /** The stack holds no resources: an ACTIVE cluster of that name cannot be this environment's. */
    readonly stackIsEmpty: boolean;
    /** Of the stack's state, if it has one: tells the account and region of the environment. */
    readonly clusterArn?: string;
    /** Of an environment that begins with another one's lock: the command that begins it without. */
    readonly commandWithoutLock?: CommandLine;
}
