import type { ClientPool } from "../aws/clients";
import type { OperationContext } from "../aws/operationContext";
import type { Tags } from "../schema/property";

/** The settings of one provider, the default one or an explicit `aws.Provider`, that matter here. */
export interface ProviderConfig {
    readonly region: string;
    readonly defaultTags: Tags;
}

/** One connection of an engine: each provider of a program, default or explicit, has its own. */
export class Session {
    /** What the engine sent of the provider's settings, if it has. */
    configured: ProviderConfig | undefined;
    readonly abort = new AbortController();

    constructor(private readonly pool: ClientPool) {}

    /**
     * The settings of the provider.
     * @throws Error when the engine has not sent them
     */
    get config(): ProviderConfig {
        if (this.configured === undefined) {
            throw new Error("the engine asked before it sent the provider's settings: run the command again");
        }
        return this.configured;
    }

    /** What an operation in a region works with; the provider's own region where none is given. */
    contextIn(given: unknown, tags: Tags, timeoutSeconds: number): OperationContext {
        const region = typeof given === "string" && given !== "" ? given : this.config.region;
        return {
            region,
            aws: this.pool.in(region),
            signal: this.abort.signal,
            tags,
            timeoutSeconds: timeoutSeconds > 0 ? timeoutSeconds : undefined,
        };
    }
}

/** More connections than this are never open at once; the oldest are forgotten first. */
const sessionLimit = 4096;

/**
 * The sessions of all attached engines.
 * Calls do not say which provider they are for, but each provider of an engine has a connection of its own
 * (NewProvider in sdk/go/common/resource/plugin/provider_plugin.go), so the peer's address tells.
 */
export class Sessions {
    private readonly byPeer = new Map<string, Session>();

    constructor(private readonly pool: ClientPool) {}

    /** The session of this connection, made when it is first seen. */
    of(peer: string): Session {
        const known = this.byPeer.get(peer);
        if (known !== undefined) {
            return known;
        }
        const session = new Session(this.pool);
        this.byPeer.set(peer, session);
        const [oldest] = this.byPeer.keys();
        if (this.byPeer.size > sessionLimit && oldest !== undefined) {
            this.byPeer.delete(oldest);
        }
        return session;
    }

    /** Starts over: a new engine may get the address of an old one. */
    forget(peer: string): void {
        this.byPeer.delete(peer);
    }

    cancelAll(): void {
        for (const session of this.byPeer.values()) {
            session.abort.abort(new Error("the local provider is closing"));
        }
    }
}
