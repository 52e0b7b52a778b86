import Contracts
import Foundation
import Governance

extension Samples {
    private static let recipients = [
        Recipient(role: .unitHead, unit: housing, title: "中站区住房和城乡建设局局长"),
        Recipient(role: .deputyLeader, unit: housing, title: "分管副区长"),
    ]
    private static let reminder = Deadline(rule: "reminder", start: at, due: at + .hours(72), explanation: "3 个工作日")
    private static let answer = Deadline(
        rule: "petition_answer", start: at, due: at + .hours(2160), originalDue: at + .hours(1440), explanation: "60 日")
    private static let review = Deadline(
        rule: "petition_review", start: at, due: at + .hours(720), explanation: "30 日")

    /// One fact of every kind that Supervision writes.
    static let supervisionFacts: [Fact] = [
        .caseWarned(
            .init(
                number: number, clock: "meet", rule: .meet, point: .due, order: order, deadline: deadline, since: at,
                startedBy: report, recipients: recipients, at: at, basis: basis)),
        .caseReminded(
            .init(
                number: number, form: FormKind.reminder.number(number, 1), ordinal: 1, order: order, unit: housing,
                occasion: .meet, demand: "请立即与当事人见面", deadline: reminder, recipients: recipients, at: at,
                basis: basis)),
        .caseSupervised(
            .init(
                number: number, form: FormKind.supervision.number(number, 1), ordinal: 1, order: order, unit: housing,
                occasion: .reminder, demand: "请限期整改", deadline: reminder, recipients: recipients, at: at,
                basis: basis)),
        .leaderCalled(
            .init(
                number: number, call: 1, leader: .chiefLeader, chain: [.chiefLeader, .deputyLeader],
                deadline: deadline, at: at, basis: basis)),
        .caseAcknowledged(.init(number: number, note: "立即处置", at: at, basis: basis)),
        .formSigned(
            .init(
                number: number, form: FormKind.supervision.number(number, 1), kind: .supervision, ordinal: 1, at: at,
                basis: basis)),
        .formRectified(
            .init(
                number: number, form: FormKind.supervision.number(number, 1), kind: .supervision, ordinal: 1,
                result: "已更换,试充正常", at: at, basis: basis)),
        .formSettled(
            .init(
                number: number, form: FormKind.supervision.number(number, 1), kind: .supervision, ordinal: 1,
                note: "现场看过,已修复", at: at, basis: basis)),
        .minutesRecorded(
            .init(number: number, kind: .topic, theme: "充电设施", unit: housing, text: "逐小区排查", at: at, basis: basis)),
        .formWithdrawn(
            .init(
                number: number, form: FormKind.supervision.number(number, 1), kind: .supervision, ordinal: 1,
                reason: "重复下发", at: at, basis: basis)),
        .caseSponsored(
            .init(
                number: number, sponsor: CaseSponsor(subject: "u-leader", name: "张某 副区长"), reason: "群众反映强烈",
                at: at, basis: basis)),
        .sponsorEnded(
            .init(
                number: number, sponsor: CaseSponsor(subject: "u-leader", name: "张某 副区长"), reason: "分工调整", at: at,
                basis: basis)),
        .bellChecked(
            .init(number: number, how: .visit, reached: true, bells: 1, note: "老人平安", at: at, basis: basis)),
        .raiseProposed(.init(number: number, level: .county, deadline: deadline, at: at, basis: basis)),
        .levelRaised(
            .init(number: number, level: .county, occasion: .stall, reason: "两周无进展", at: at, basis: basis)),
        .strikeOffProposed(.init(number: number, cycle: 0, note: nil, at: at, basis: basis)),
        .caseStruckOff(.init(number: number, cycle: 0, note: "材料齐全", at: at, basis: basis)),
        .caseRevived(.init(number: number, reason: "问题反复", at: at, basis: basis)),
        .petitionExtended(.init(number: number, clocks: [answer], reason: "案情复杂", at: at, basis: basis)),
        .petitionAsked(
            .init(
                number: number, instance: .review, unit: housing, reason: "不服答复", deadline: review, at: at,
                basis: basis)),
        .petitionHeard(
            .init(
                number: number, instance: .review, day: at.day, note: "双方到场", deadline: review, at: at,
                basis: basis)),
        .petitionAnswered(
            .init(
                number: number, instance: .review, outcome: .upheld, opinion: "维持", until: at + .hours(720), at: at,
                basis: basis)),
        .vaultUnsealed(.init(number: number, report: report, purpose: "电话回访", at: at, basis: basis)),
    ]
}
