import Governance

/// The refusals that are Revisit's own; those of state, role and separation stand in the transition table.
enum RevisitRefusals {
    static let reporterFirst = Refusal(
        .conflict, "revisit.ok.reporter_first", zh: "须先联系反映人,联系不上才可由他人评价",
        en: "the reporter is called first; somebody else is asked only when he cannot be reached", field: "rater",
        fixZh: "请先拨打并登记结果", fixEn: "call and record the attempt")

    static let satisfied = Refusal(
        .invalid, "revisit.reopen.satisfied", zh: "四项均未选“否”,不能按不满意重办", en: "no question is answered “no”",
        field: "scores", fixZh: "请改用“回访通过”,或更正评分", fixEn: "pass the revisit, or correct the answers")

    static func dissatisfied(_ scores: RevisitScores) -> Refusal {
        Refusal(
            .conflict, "revisit.ok.dissatisfied", zh: "“\(scores.failed.joined(separator: "、"))”为“否”,不能通过回访",
            en: "a question is answered “no”", field: "scores", fixZh: "请写明原因并“重办”", fixEn: "reopen it and say why")
    }

    static func enrolled(_ closing: ClosedHandling) -> Refusal {
        Refusal(
            .conflict, "draw.enrol.known", zh: "\(closing.text) 已列入抽查", en: "\(closing.text) takes part already",
            fixZh: "无需重复", fixEn: "there is nothing to do")
    }

    static func chosen(_ closing: ClosedHandling) -> Refusal {
        Refusal(
            .conflict, "revisit.draw.known", zh: "\(closing.text) 已登记抽中", en: "\(closing.text) was drawn already",
            fixZh: "无需重复", fixEn: "there is nothing to do")
    }

    static func notHere(_ name: String) -> Refusal {
        Refusal(
            .invalid, "revisit.not_mine", zh: "回访不处理 \(name)", en: "revisit does not decide \(name)", fixZh: "请发给相应的服务",
            fixEn: "send it to the service that decides it")
    }
}
