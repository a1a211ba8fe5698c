// Holds every import, of types too, against the table of rooms in scripts/rooms.mjs.
import { rooms } from "./scripts/rooms.mjs";

const paths = rooms.map(({ path }) => path);
for (const [index, { path, imports }] of rooms.entries()) {
    const later = imports.find((name) => !paths.slice(0, index).includes(name));
    if (later !== undefined) {
        throw new Error(`${path} names ${later}, which is no room above it in scripts/rooms.mjs`);
    }
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The files of a room, without those of the rooms inside it. */
function filesOf(room) {
    if (room.endsWith(".ts")) {
        return `^${escape(room)}$`;
    }
    const inner = paths
        .filter((path) => path.startsWith(`${room}/`))
        .map((path) => path.slice(room.length + 1));
    const except = inner.length === 0 ? "" : `(?!(?:${inner.map((name) => escape(name)).join("|")})(?:/|$))`;
    return `^${escape(room)}/${except}`;
}

function rulesOf({ path, imports, packages = [] }) {
    const from = { path: filesOf(path) };
    const others = paths.filter((room) => room !== path && !imports.includes(room));
    const installed = packages.map((name) => (name.endsWith("/") ? escape(name) : `${escape(name)}/`));
    return [
        {
            name: `${path} imports a room that it may not`,
            comment: `it may import: ${imports.join(", ") || "no other room"}`,
            severity: "error",
            from,
            to: { path: ["^(?:tests|bench|scripts)/", ...others.map(filesOf)] },
        },
        {
            name: `${path} imports a package that it may not`,
            comment: `it may import: ${packages.join(", ") || "none"}`,
            severity: "error",
            from,
            to: {
                path: "^node_modules/",
                pathNot: installed.map((name) => `^node_modules/(?:@types/)?${name}`),
            },
        },
    ];
}

/** A verb's story is told in its own folder, and what verbs share has a room of its own. */
const betweenVerbs = ["automation/verbs", "automation/verbs/images", "automation/verbs/local"].map(
    (folder) => ({
        name: `a verb of ${folder} imports another one`,
        severity: "error",
        // The demo plays a local cloud and the other verbs.
        from: { path: `^${folder}/([^/]+)/`, pathNot: "^automation/verbs/demo/" },
        to: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/$1/` },
    }),
);

export default {
    forbidden: [
        ...rooms.flatMap(rulesOf),
        ...betweenVerbs,
        {
            name: "a circle of imports",
            severity: "error",
            from: {},
            to: { circular: true },
        },
        {
            name: "a pure room touches the world",
            severity: "error",
            from: { path: "^(?:components/model|local/hosts)/" },
            // Node's zlib only computes.
            to: { dependencyTypes: ["core"], pathNot: "^zlib$" },
        },
        {
            name: "only the verbs local and demo start and stop the local cloud",
            comment: "to all others it is AWS, reached by an endpoint",
            severity: "error",
            from: { path: "^automation/", pathNot: "^automation/verbs/(?:local|demo)/" },
            to: { path: "^local/" },
        },
        {
            name: "an import that leads nowhere",
            severity: "error",
            from: {},
            to: { couldNotResolve: true },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        tsConfig: { fileName: "tsconfig.json" },
        tsPreCompilationDeps: true,
    },
};
