#!/usr/bin/env bash
# make mutants: applies each planted bug of Mutants/ to a copy of the tree, builds the simulation and expects it to fail.
#   mutants.sh [--seeds N] [--configuration release|debug] [NAME…]
# Exits 1 when a mutant survives, a patch no longer applies or a mutant does not build.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seeds=2000
configuration=${CASELOOP_MUTANTS_CONFIGURATION:-release}
names=()
while [ $# -gt 0 ]; do
    case "$1" in
        --seeds) seeds=$2; shift 2 ;;
        --configuration) configuration=$2; shift 2 ;;
        *) names+=("$1"); shift ;;
    esac
done

# The copy has a build folder of its own that is kept, so that only what a patch touches is compiled again.
tree="$root/.build/mutants"
mkdir -p "$tree/.build"
work=$(mktemp -d "${TMPDIR:-/tmp}/caseloop-mutants.XXXXXX")
trap 'rm -rf "$work"' EXIT
exec 9>"$tree/.lock"
flock -n 9 || { echo "another run of the mutants is under way"; exit 1; }
cd "$tree" || exit 1
rm -rf Shared Services Tests
cp -a "$root/Package.swift" "$root/Shared" "$root/Services" "$root/Tests" .
[ -f "$root/Package.resolved" ] && cp -a "$root/Package.resolved" .
for part in checkouts repositories artifacts workspace-state.json; do
    [ -e "$root/.build/$part" ] && [ ! -e ".build/$part" ] && cp -a "$root/.build/$part" ".build/$part"
done
[ -d .git ] || git init -q . # a patch is applied as git would, and taken back the same way

build() { swift build -c "$configuration" --product hunt >"$work/build.log" 2>&1; }
binary() { echo "$(swift build -c "$configuration" --show-bin-path)/hunt"; }

echo "building the sound tree ($configuration) …"
build || { grep -E 'error:' "$work/build.log" | head -5; echo "the sound tree does not build"; exit 1; }
hunt=$(binary)
"$hunt" 100 >"$work/run.log" 2>&1 || { tail -3 "$work/run.log"; echo "the sound tree fails"; exit 1; }

bad=0
found=0
for patch in "$here"/Mutants/*.patch; do
    name=$(basename "$patch" .patch)
    if [ ${#names[@]} -gt 0 ]; then
        wanted=no
        for one in "${names[@]}"; do case "$name" in *"$one"*) wanted=yes ;; esac; done
        [ $wanted = yes ] || continue
    fi
    if ! git apply --whitespace=nowarn "$patch" 2>"$work/apply.log"; then
        printf '%-34s DOES NOT APPLY: %s\n' "$name" "$(head -1 "$work/apply.log")"
        bad=$((bad + 1))
        continue
    fi
    if ! build; then
        printf '%-34s DOES NOT BUILD: %s\n' "$name" "$(grep -m1 'error:' "$work/build.log")"
        bad=$((bad + 1))
    elif timeout 900 "$hunt" "$seeds" >"$work/run.log" 2>&1; then
        printf '%-34s SURVIVED %s seeds\n' "$name" "$seeds"
        bad=$((bad + 1))
    else
        printf '%-34s %s\n' "$name" "found: $(tail -1 "$work/run.log")"
        found=$((found + 1))
    fi
    git apply -R --whitespace=nowarn "$patch"
done
echo "$found found, $bad not"
[ $bad -eq 0 ]
