"""The words that tell of each activity type, in Arabic and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.types import Activity

# Without spaces between words, or with letters joined to them: looked for anywhere in the text.
ELSEWHERE: Mapping[Activity, str] = {
    Activity.AWARENESS_RAISING: r"توعية|التوعية|حملة|حملات|宣传|提高认识|意识",
    Activity.LIVELIHOODS: r"سبل العيش|سبل كسب|كسب الرزق|التدريب المهني|تدريب مهني|المال مقابل العمل|النقد مقابل العمل"
    r"|生计|职业培训|以工代赈|小额(?:信贷|贷款)",
    Activity.LEGAL_FRAMEWORK: r"الإطار القانوني|إطار قانوني|التشريع|تشريع|مشروع قانون|قانون جديد|法律框架|立法"
    r"|法律改革|修法",
    Activity.CRIMINAL_JUSTICE: r"العدالة الجنائية|تدريب (?:القضاة|المدعين|الشرطة)|القضاة|المدعين العامين|刑事司法"
    r"|检察官"
    r"|法官|培训警察|警察培训",
    Activity.IDENTIFICATION: r"(?:تحديد|التعرف على) (?:هوية )?(?:ال)?ضحايا|التعرف|الإحالة|إحالة|识别|转介|甄别|筛查",
    Activity.SUPPORT: r"مأوى|المأوى|ملجأ|دور الإيواء|إعادة الإدماج|إعادة إدماج|دعم (?:ال)?ضحايا|مساعدة (?:ال)?ضحايا"
    r"|المساعدة القانونية|حلول دائمة|庇护所|收容所|重返社会|受害者(?:支持|援助|服务)|法律援助|持久解决",
    Activity.NATIONAL_PLANS: r"خط(?:ة|ط) (?:العمل )?(?:ال)?وطنية|خط(?:ة|ط) (?:ال)?عمل|استراتيجية وطنية"
    r"|国家(?:行动)?(?:计划|战略)|行动计划",
}
