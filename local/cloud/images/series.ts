/** Images that replace one another. */
export interface Series {
    /** The names, with `<date>` for the date of each. */
    readonly name: string;
    readonly product: string;
    /** Oldest first; `YYYYMMDD`. */
    readonly releases: readonly { readonly date: string; readonly deletedOn?: string }[];
    readonly newest: "active" | "inactive";
}

const server = "SUSE Linux Enterprise Server";
const active = { newest: "active" } as const;

/** SLES ECS images; `ecs` stands after the date, as in SUSE's names. The dates are made up. */
const hostImages: readonly Series[] = [
    {
        name: "suse-sles-12-sp5-v<date>-ecs-hvm-ssd-x86_64",
        product: `${server} 12 SP5 ECS Optimized`,
        releases: [{ date: "20200918", deletedOn: "20230606" }, { date: "20210606" }],
        newest: "inactive",
    },
    {
        ...active,
        name: "suse-sles-15-sp6-v<date>-ecs-hvm-ssd-x86_64",
        product: `${server} 15 SP6 ECS Optimized`,
        releases: [{ date: "20260313" }, { date: "20260612" }, { date: "20260919" }],
    },
    {
        ...active,
        name: "suse-sles-15-sp7-v<date>-ecs-hvm-ssd-x86_64",
        product: `${server} 15 SP7 ECS Optimized`,
        releases: [
            { date: "20260310" },
            { date: "20260617" },
            { date: "20260922", deletedOn: "20290115" },
            // Not yet there on the day that the local cloud starts with.
            { date: "20270115" },
        ],
    },
    {
        ...active,
        name: "suse-sles-16-0-v<date>-ecs-hvm-ssd-x86_64",
        product: `${server} 16.0 ECS Optimized`,
        releases: [{ date: "20260703" }],
    },
];

/** Images whose names come near, and that a careless filter would take. */
const otherImages: readonly Series[] = [
    {
        name: "suse-sles-12-sp5-v<date>-hvm-ssd-x86_64",
        product: `${server} 12 SP5`,
        releases: [{ date: "20210604" }],
        newest: "inactive",
    },
    {
        ...active,
        name: "suse-sles-15-sp6-byos-v<date>-hvm-ssd-x86_64",
        product: `${server} 15 SP6 BYOS`,
        releases: [{ date: "20240618", deletedOn: "20260917" }, { date: "20240917" }, { date: "20260918" }],
    },
    {
        ...active,
        name: "suse-sles-15-sp7-v<date>-hvm-ssd-x86_64",
        product: `${server} 15 SP7`,
        releases: [{ date: "20260925" }],
    },
    {
        ...active,
        name: "suse-sles-15-sp7-v<date>-hvm-ssd-arm64",
        product: `${server} 15 SP7`,
        releases: [{ date: "20260925" }],
    },
    {
        ...active,
        name: "suse-sles-15-sp7-byos-v<date>-hvm-ssd-x86_64",
        product: `${server} 15 SP7 BYOS`,
        releases: [{ date: "20260924" }],
    },
    {
        ...active,
        name: "suse-sles-15-sp7-chost-byos-v<date>-hvm-ssd-x86_64",
        product: `${server} 15 SP7 Container Host BYOS`,
        releases: [{ date: "20260924" }],
    },
    {
        ...active,
        name: "suse-sles-16-0-v<date>-hvm-ssd-x86_64",
        product: `${server} 16.0`,
        releases: [{ date: "20260704" }],
    },
    // Sold by two companies of SUSE's, for which the names end differently.
    ...["llc", "ltd"].map((company) => ({
        ...active,
        name: `suse-sle-micro-6-1-v<date>-hvm-ssd-x86_64-${company}`,
        product: "SUSE Linux Micro 6.1",
        releases: [{ date: "20251124" }],
    })),
];

export const series: readonly Series[] = [...hostImages, ...otherImages];
