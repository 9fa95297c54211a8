"""The words that give an agency a role: patterns of what stands before and behind it in a task.

All patterns read text without diacritics and leave room for what a bad scan does to it.
"""

import re

LEADS = r"ch[uo] tr[il1](?!\w)"
COOPERATE = r"(?:ph[o0d6]i|ket) h[oge]p(?!\w)"
REPORT = r"b[aed]{1,2}o c[aed]{1,2}o(?!\w)"
ORDER = r"(?:giao|de nghi|yeu cau|phan cong)(?: nhiem vu)?(?: cho)?"
NOTE = r"(?: \([^()]{0,80}\))?"

# What stands behind a list.
THEN_LEADS = re.compile(
    rf"{NOTE}(?:[,:]? ?[-–]? (?:co trach nhiem|chiu trach nhiem|duoc giao(?: nhiem vu)?|truc tiep"
    r"|(?:la|lam) (?:co quan |don vi )?(?:dau moi|thuong truc)?))?"
    rf"[,:]? ?[-–]? ?{LEADS}"
)
THEN_COOPERATES = re.compile(rf"{NOTE}[,:]? (?:co trach nhiem |chu dong |tich cuc )?{COOPERATE}")
# "cần" (need), not "cân đối" (balance), which is the same without diacritics.
THEN_MUST = re.compile(
    rf"{NOTE},? (?:co trach nhiem|chiu trach nhiem|phai|can(?! (?:doi|bang|nhac|cu)))(?!\w)"
)
THEN_PASSIVE = re.compile(r" (?:duoc(?! giao| phan cong)|bi)(?!\w)")
THEN_ORDERS = re.compile(rf" {ORDER} ")
THEN_GATHERS = re.compile(rf"[^.;]{{0,100}}?t[o0]ng h[oge]p[^.;]{{0,40}}?{REPORT}")
THEN_ACTS = re.compile(rf"{NOTE},? [^\W\d_]|:|[.;]?\s*$")
THEN_ENDS = re.compile(r"[.;]?\s*$|:")

# What stands before a list.
TO_SUPPORT = re.compile(
    rf"{COOPERATE}"
    r"(?:,? (?:va )?(?:chat che|thuong xuyen|dong bo|hieu qua|tot)){0,3}"
    rf"(?: cung)?(?: v[o0a4][il1])? $|su phoi hop(?: chat che)? (?:cua|tu) $"
)
SUPPORT_LABEL = re.compile(rf"{COOPERATE}(?: \w+){{0,3}}: ?$")
LEAD_LABEL = re.compile(
    r"(?:chu tri|dau moi|chiu trach nhiem)(?: \w+){0,3}(?:: ?| la )$"
    r"|(?:co quan|don vi) (?:thuc hien|trien khai|phu trach|tham muu): ?$"
    r"|(?:^|[.;(–-] ?)thuc hien: ?$"
)
TO_REPORT = re.compile(
    rf"{REPORT}(?:,? (?:va |hoac |de )?"
    r"(?:kien nghi|de xuat|tham muu|trinh|xin y kien|giai trinh)){0,3}"
    r"(?: (?:ket qua|kip thoi|dinh ky))?(?: (?:voi|ve|cho|len|den|toi|gui|gui ve))? $"
)
TO_REPORT_FAR = re.compile(
    rf"{REPORT}[^.;:,]{{0,120}}(?: | \()"
    r"(?:voi|ve|cho|len|den|toi|gui|qua|thong qua|theo yeu cau c\w+) $"
)
TO_SEND = re.compile(r" (?:g[a-z]{1,3}i|ve|qua|thong qua|cho|den|toi) $")
TO_ORDER = re.compile(rf"(?<!duoc )(?<!nhiem vu )(?<!da ){ORDER} $")
TO_SUBJECT = re.compile(r"(?:,| nay| tren| do| sau| thi| day) $")
TO_OBJECT = re.compile(
    r"(?<!\w)(?:cua|voi|ve|cho|tai|boi|giua|den|toi|theo|thuoc|trinh|tham muu|kien nghi|huong dan"
    r"|don doc) $"
)
OF = re.compile(r"(?<!\w)(?:cua|do) $")
BY = re.compile(r"(?<!\w)do $")
TO_HEAD = re.compile(r"(?:(?:trach nhiem|nhiem vu)(?: \w+){0,3} (?:cua|cho|doi voi)|doi voi) $")
# An order that opens no sentence but a clause, or stands in brackets: "(giao Sở Tài chính …)".
IN_WHICH = re.compile(r"(?:[(;:]|trong do,?) ?$")
OTHER_LEADS = re.compile(rf"{LEADS}[^.;()]{{0,60}}, $")
# Whom one advises or submits to gives no orders here: "tham mưu UBND tỉnh giao Sở Tài chính".
TO_ADVISED = re.compile(
    r"(?:tham muu|de xuat|trinh|kien nghi|bao cao|de nghi|xin y kien)(?: (?:cho|voi|giup))? $"
)
REACH = 160
ORDER_REACH = 40

# What tells a verb from what else may follow a list.
# Behind the subject of a clause comes its verb, not what describes an organ or another one.
THEN_VERB = re.compile(
    r" (?!(?:va|ve|de|tai|trong|o|cung|da|neu|nam|den|giai doan|quy dinh|phe duyet|khoa|lan"
    r"|nhiem ky|so)(?!\w))[^\W\d_]"
)
# "(Sở Tài chính thực hiện)": in brackets only such a verb makes a subject.
THEN_CARRIES_OUT = re.compile(r" (?:thuc hien|tham muu|trien khai|xay dung|phu trach)(?!\w)")
# What is, was or has been tells a state of things; it orders nothing.
THEN_DESCRIBES = re.compile(r",? (?:da|dang|la|duoc|bi|co(?! trach nhiem)|con|chua|cung|van)(?!\w)")
# "… UBND tỉnh xác định các nhiệm vụ sau:" tells who wrote a list, not who works it off.
THEN_STATES = re.compile(
    r"[^.;]{0,60}? (?:xac dinh|de ra|thong nhat|ban hanh)(?!\w)[^.;]{0,100} sau(?: day)?:?\s*$"
)
# What may follow an organ in a heading that holds nothing else.
ONLY_DUTY = re.compile(
    rf"{NOTE}(?:[,:]? (?:(?:co|chiu) trach nhiem|{LEADS}|thuc hien|(?:cac )?nhiem vu"
    r"|sau(?: day)?)){0,4}\W*$"
)

# How sentences and clauses begin.
MARKER = re.compile(
    r"\s*(?:[-–+•*]|\(?(?:Điều )?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-zđ])[.):/-]{1,2}"
    r"(?=\s))?\s*"
)
STOP = re.compile(r"[.!?]+ +(?=[^\W\d_])")
ABBREVIATED = re.compile(r"(?:\b[A-ZĐ]{1,3}|\bTp|(?:^|[ (])\d{1,2})$")
ABBREVIATION_REACH = 4
OPENING = re.compile(
    r"(?:tren co so|can cu|trong|sau|truoc|dinh ky|hang|de|nham|theo|tu|khi|neu|doi voi|truong hop"
    r"|ngoai ra|ben canh|dong thoi|cung v|qua|ket thuc|moi)(?!\w)"
)
