/** Something on the way from a host to what it needs. */
export interface Hop {
    readonly kind:
        | "subnet"
        | "route table"
        | "internet gateway"
        | "NAT gateway"
        | "gateway endpoint"
        | "interface endpoint"
        | "unseen target";
    readonly id: string;
}

/** What kind of link is missing on a way. */
export type LinkKind =
    | "route"
    | "blackhole"
    | "publicAddress"
    | "natGateway"
    | "endpointPolicy"
    | "networkAcl"
    | "securityGroup";

/** What speaks against a way. */
export interface Missing {
    readonly link: LinkKind;
    /** One clause that names the missing link. */
    readonly reason: string;
    /** What would give it a way, or one command that does. */
    readonly remedy: string;
}

/** What there is of a way, as far as can be seen from outside. */
export type Way =
    | { readonly verdict: "open"; readonly hops: readonly Hop[] }
    | ({ readonly verdict: "closed"; readonly hops: readonly Hop[] } & Missing)
    | ({
          readonly verdict: "doubtful";
          readonly hops: readonly Hop[];
          /** On what it depends that there is a way all the same: one clause. */
          readonly doubt: string;
      } & Missing);

/** Something that lets nothing through, or, with a doubt, only a part. */
export interface Obstacle extends Missing {
    readonly doubt?: string;
}

/** A way as far as the obstacles on it let it be one. The first missing link is the one to tell. */
export function narrow(way: Way, obstacles: readonly Obstacle[]): Way {
    if (way.verdict === "closed") {
        return way;
    }
    const { hops } = way;
    const shut = obstacles.find(({ doubt }) => doubt === undefined);
    if (shut !== undefined) {
        return { verdict: "closed", hops, link: shut.link, reason: shut.reason, remedy: shut.remedy };
    }
    const [first] = obstacles;
    if (way.verdict === "doubtful" || first?.doubt === undefined) {
        return way;
    }
    const { link, reason, remedy, doubt } = first;
    return { verdict: "doubtful", hops, link, reason, remedy, doubt };
}

const order = { open: 0, doubtful: 1, closed: 2 } as const;

/** Of ways that each do: the first of the best. */
export function bestOf(first: Way, ...others: readonly Way[]): Way {
    return others.reduce((best, way) => (order[way.verdict] < order[best.verdict] ? way : best), first);
}

/** Of ways that are all needed: the first of the worst, and where all are open one over all that they use. */
export function worstOf(first: Way, ...others: readonly Way[]): Way {
    const worst = others.reduce((way, one) => (order[one.verdict] > order[way.verdict] ? one : way), first);
    if (worst.verdict !== "open") {
        return worst;
    }
    const hops = new Map([first, ...others].flatMap((way) => way.hops).map((hop) => [hop.id, hop]));
    return { verdict: "open", hops: [...hops.values()] };
}
