import Contracts
public import Governance

extension Samples {
    /// A window of the housing bureau.
    public static let point = QRPoint("410803001004.3")!

    /// One fact of Feedback of every kind, and Triage's about a complaint.
    static let feedbackFacts: [Fact] = [
        .caseComplained(.init(number: number, report: report, unit: housing, at: at, basis: basis)),
        .suggestionReceived(
            .init(
                number: number, report: report, point: point, title: "增设直饮水点", text: "建议在公园增设直饮水点。", at: at,
                basis: basis)),
        .suggestionArgued(.init(number: number, opinion: "可行,费用不高", at: at, basis: basis)),
        .suggestionDecided(.init(number: number, verdict: .adopted, unit: cityManagement, at: at, basis: basis)),
        .suggestionLanded(
            .init(number: number, measure: "公园直饮水", note: "已装两台", solved: true, at: at, basis: basis)),
        .suggestionPublished(.init(number: number, reply: "公园已增设两台直饮水机。", at: at, basis: basis)),
        .ratingGiven(
            .init(report: second, point: point, unit: housing, score: .fair, text: "等得有点久", at: at, basis: basis)),
        .pointIssued(.init(point: point, unit: housing, label: "大厅 3 号窗口", at: at, basis: basis)),
        .pointRevoked(.init(point: point, reason: "窗口撤销", at: at, basis: basis)),
    ]
}
