"""The words of the pages of the vocabulary, in both languages."""

from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

# What pyLODE prints, and what is to stand there instead.
WORDS: dict[str, dict[Language, str]] = {
    "Metadata": {"vi": "Thông tin chung", "en": "Metadata"},
    "Table of Contents": {"vi": "Mục lục", "en": "Contents"},
    "Classes": {"vi": "Lớp", "en": "Classes"},
    "Object Properties": {"vi": "Thuộc tính đối tượng", "en": "Object properties"},
    "Datatype Properties": {"vi": "Thuộc tính dữ liệu", "en": "Datatype properties"},
    "Annotation Properties": {"vi": "Thuộc tính chú thích", "en": "Annotation properties"},
    "Namespaces": {"vi": "Không gian tên", "en": "Namespaces"},
    "Legend": {"vi": "Chú giải", "en": "Legend"},
    "Title": {"vi": "Tên", "en": "Title"},
    "Description": {"vi": "Định nghĩa", "en": "Definition"},
    "License": {"vi": "Giấy phép", "en": "Licence"},
    "Version Iri": {"vi": "Địa chỉ của phiên bản", "en": "Version IRI"},
    "Version Info": {"vi": "Phiên bản", "en": "Version"},
    "Preferred Namespace Prefix": {"vi": "Tiền tố", "en": "Prefix"},
    "Preferred Namespace Uri": {"vi": "Không gian tên", "en": "Namespace"},
    "Example": {"vi": "Ví dụ", "en": "Example"},
    "Note": {"vi": "Tiên đề", "en": "Axioms"},
    "Sub Class Of": {"vi": "Lớp con của", "en": "Subclass of"},
    "Sub Property Of": {"vi": "Thuộc tính con của", "en": "Subproperty of"},
    "Super Property Of": {"vi": "Thuộc tính cha của", "en": "Superproperty of"},
    "Domain": {"vi": "Miền", "en": "Domain"},
    "Range": {"vi": "Miền giá trị", "en": "Range"},
    "Domainincludes": {"vi": "Dùng cho", "en": "Used for"},
    "Rangeincludes": {"vi": "Nhận giá trị", "en": "Takes"},
    "In Domain Of": {"vi": "Là miền của", "en": "Domain of"},
    "In Range Of": {"vi": "Là miền giá trị của", "en": "Range of"},
    "In Domain Includes Of": {"vi": "Có thể có", "en": "May have"},
    "In Range Includes Of": {"vi": "Có thể là giá trị của", "en": "May be value of"},
    "OWL/RDFS Class": {"vi": "lớp", "en": "class"},
    "OWL Object Property": {"vi": "thuộc tính đối tượng", "en": "object property"},
    "OWL Datatype Property": {"vi": "thuộc tính dữ liệu", "en": "datatype property"},
    "OWL Annotation Property": {"vi": "thuộc tính chú thích", "en": "annotation property"},
    "RDF Property": {"vi": "thuộc tính", "en": "property"},
    "made by": {"vi": "làm bằng", "en": "made by"},
    "with the": {"vi": "theo mẫu", "en": "with the"},
    "profile": {"vi": "", "en": "profile"},
}
# What we print ourselves; axioms by the name that OWL gives them.
PHRASES: dict[str, dict[Language, str]] = {
    "name": {"vi": "Tiếng Việt", "en": "English"},
    "drawing": {"vi": "Hình vẽ các lớp", "en": "Drawing of the classes"},
    "key": {
        "vi": "Khung liền: lớp của từ vựng này; khung đứt: lớp của từ vựng khác. Mũi tên rỗng dẫn "
        "đến lớp cha, mũi tên đặc mang tên thuộc tính. Thuộc tính của hơn hai lớp không được vẽ.",
        "en": "Full frames are classes of this vocabulary, dashed ones those of others. A hollow "
        "arrow leads to the class above, a full one bears the name of a property. Properties of "
        "more than two classes are not drawn.",
    },
    "larger": {"vi": "Xem hình lớn", "en": "The drawing by itself"},
    "TransitiveProperty": {"vi": "bắc cầu", "en": "transitive"},
    "SymmetricProperty": {"vi": "đối xứng", "en": "symmetric"},
    "inverseOf": {"vi": "nghịch đảo của {}", "en": "inverse of {}"},
    "propertyChainAxiom": {"vi": "suy ra từ {}", "en": "follows from {}"},
    "members": {"vi": "không giao với {}", "en": "disjoint with {}"},
}
