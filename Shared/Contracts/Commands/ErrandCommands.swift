public import Governance

/// Send a unit to somebody who cannot come himself 派代办.
public struct SendErrand: CasePayload {
    public static let type = "errand.send"
    /// The case.
    public var number: CaseNumber
    /// The unit that goes.
    public var unit: UnitCode
    /// What is to be done there.
    public var task: String

    /// Creates the payload.
    public init(number: CaseNumber, unit: UnitCode, task: String) {
        self.number = number
        self.unit = unit
        self.task = task
    }
}

/// Tell that the errand is done 办结代办, and what the person was told.
public struct FinishErrand: CasePayload {
    public static let type = "errand.finish"
    /// The case.
    public var number: CaseNumber
    /// What was done, and what the person was told.
    public var word: String

    /// Creates the payload.
    public init(number: CaseNumber, word: String) {
        self.number = number
        self.word = word
    }
}
