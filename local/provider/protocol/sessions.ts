import type { ProviderConfig } from "./config";

/** One connection of an engine: each provider of a program, default or explicit, has its own. */
export interface Session {
    config: ProviderConfig | undefined;
    readonly abort: AbortController;
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

    /** The session of this connection, made when it is first seen. */
    of(peer: string): Session {
        const known = this.byPeer.get(peer);
        if (known !== undefined) {
            return known;
        }
        const session: Session = { config: undefined, abort: new AbortController() };
        this.byPeer.set(peer, session);
        const [oldest] = this.byPeer.keys();
        if (this.byPeer.size > sessionLimit && oldest !== undefined) {
            this.byPeer.delete(oldest);
        }
        return session;
    }

    /** Starts over: a new engine may get the address of an old one. */
    open(peer: string): Session {
        this.byPeer.delete(peer);
        return this.of(peer);
    }

    /** Ends the waiting of everything that this connection asked for. */
    cancel(peer: string): void {
        this.of(peer).abort.abort(new Error("cancelled"));
    }

    cancelAll(): void {
        for (const session of this.byPeer.values()) {
            session.abort.abort(new Error("the local provider is closing"));
        }
    }
}
