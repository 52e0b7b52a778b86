/// Leaves actions out as long as the run still fails for the same reason: first halves, then ever smaller pieces.
package func shrink(_ actions: [Action], fails: ([Action]) async -> Bool) async -> [Action] {
    var actions = actions
    var piece = max(1, actions.count / 2)
    while true {
        var start = 0
        var cut = false
        while start < actions.count {
            let rest = Array(actions[..<start] + actions[min(actions.count, start + piece)...])
            if await fails(rest) {
                actions = rest
                cut = true
            } else {
                start += piece
            }
        }
        if piece == 1, !cut { return actions }
        piece = max(1, piece / 2)
    }
}
