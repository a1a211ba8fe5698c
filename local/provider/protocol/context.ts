import type { ClientPool } from "../aws/clients";
import type { ProviderConfig } from "./config";
import type { Session, Sessions } from "./sessions";

/** What the handlers of one provider server share. */
export interface ServerContext {
    readonly sessions: Sessions;
    readonly pool: ClientPool;
    readonly env: NodeJS.ProcessEnv;
}

/**
 * The settings of the provider behind a session.
 * @throws Error when the engine has not sent them
 */
export function configOf(session: Session): ProviderConfig {
    if (session.config === undefined) {
        throw new Error("the engine asked before it sent the provider's settings: run the command again");
    }
    return session.config;
}
